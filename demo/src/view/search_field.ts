// The search field: tells what was typed once the person pauses, and stays at the top of the window while the page scrolls.
import { find } from "./dom.ts";
import { wantsLessMotion } from "./glide.ts";
import { setUpShortcuts } from "./shortcuts.ts";

const TYPING_PAUSE_MS = 120;
const STUCK_AT = 60; // px of the stage that may still show

export class SearchField {
  readonly #input = find<HTMLInputElement>("query");
  readonly #bar = find("search-bar");
  readonly #onQuery: (query: string) => void;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #isSearching = false;

  constructor(onQuery: (query: string) => void) {
    this.#onQuery = onQuery;
    setUpShortcuts(this.#input);
    find("search-form").addEventListener("submit", (event) => event.preventDefault());
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => onQuery(this.#input.value.trim()), TYPING_PAUSE_MS);
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#ask("");
    });
    find("clear").addEventListener("click", () => {
      this.#ask("");
      this.#input.focus();
    });
    find("examples").addEventListener("click", (event) => {
      const example = event.target instanceof Element && event.target.closest("button");
      if (example) this.#ask(example.textContent ?? "");
    });
    new IntersectionObserver(([stage]) => this.#bar.classList.toggle("stuck", stage?.isIntersecting === false), {
      rootMargin: `-${STUCK_AT}px 0px 0px`,
    }).observe(find("stage"));
  }

  /** Shows a query without asking for it. */
  set(query: string): void {
    this.#input.value = query;
  }

  /** Shows whether there is a search; when one begins, its first finds come into view. */
  showMode(isSearching: boolean): void {
    find("clear").hidden = !isSearching;
    find("examples").hidden = isSearching;
    if (isSearching && !this.#isSearching) this.#raise();
    this.#isSearching = isSearching;
  }

  #ask(query: string): void {
    clearTimeout(this.#typing);
    this.#input.value = query;
    this.#onQuery(query);
  }

  #raise(): void {
    const { top } = this.#bar.getBoundingClientRect();
    if (top > 0) scrollBy({ top, behavior: wantsLessMotion() ? "instant" : "smooth" });
  }
}
