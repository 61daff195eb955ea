// Animates a re-ordered list: elements that stay glide from their old places, new ones fade in.

const DURATION_MS = 320;
const EASING = "cubic-bezier(0.2, 0.8, 0.2, 1)";

export const wantsLessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

type Places = Map<Element, DOMRect>;

export function placesOf(list: Element): Places {
  return new Map(Array.from(list.children, (child) => [child, child.getBoundingClientRect()]));
}

export function glide(list: Element, before: Places): void {
  if (wantsLessMotion()) return;
  for (const child of list.children) {
    const to = child.getBoundingClientRect();
    if (to.top > innerHeight) continue; // nobody sees it move
    const from = before.get(child);
    if (!from) {
      child.animate({ opacity: [0, 1], scale: [0.96, 1] }, { duration: DURATION_MS, easing: EASING });
    } else if (from.left !== to.left || from.top !== to.top) {
      const translate = [`${from.left - to.left}px ${from.top - to.top}px`, "0 0"];
      child.animate({ translate }, { duration: DURATION_MS, easing: EASING });
    }
  }
}
