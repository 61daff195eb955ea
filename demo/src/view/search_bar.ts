// The search field stays at the top of the window once the stage has scrolled away, and comes there when a search begins, so that
// the first results are in view.
import { find } from "./dom.ts";

const STUCK_AT = 60; // px of the stage that may still show

export function watchSearchBar(): void {
  const bar = find("search-bar");
  new IntersectionObserver(([stage]) => bar.classList.toggle("stuck", stage?.isIntersecting === false), {
    rootMargin: `-${STUCK_AT}px 0px 0px`,
  }).observe(find("stage"));
}

export function raiseSearchBar(): void {
  const top = find("search-bar").getBoundingClientRect().top;
  if (top <= 0) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top, behavior: calm ? "instant" : "smooth" });
}
