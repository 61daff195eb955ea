// What the person likes, above the list: the reason for its order, one press away from being changed.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { h, symbol } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

export interface TasteActions {
  open(index: number): void;
  forget(index: number): void;
}

const GHOSTS = 3;

function invitation(): HTMLElement {
  return h(
    "div",
    { class: "taste-empty" },
    h(
      "div",
      { class: "ghosts", "aria-hidden": "true" },
      ...Array.from({ length: GHOSTS }, () => h("span", { class: "ghost" }, symbol("heart"))),
    ),
    h(
      "p",
      {},
      h("strong", {}, "Like two or three programs"),
      " and the list follows your taste at once. What you like stays in this browser.",
    ),
  );
}

/** Shows the liked programs, newest first, or how to begin. */
export function showTaste(
  container: HTMLElement,
  catalogue: Catalogue,
  likes: readonly number[],
  actions: TasteActions,
): void {
  if (likes.length === 0) {
    container.replaceChildren(invitation());
    return;
  }
  const items = likes.toReversed().flatMap((index) => {
    const program = catalogue.programs[index];
    if (!program) return [];
    const open = h(
      "button",
      { type: "button", class: "taste-open" },
      programIcon(program, index, catalogue.icons, "small"),
      program.name,
    );
    open.addEventListener("click", () => actions.open(index));
    const forget = h(
      "button",
      { type: "button", class: "taste-forget", "aria-label": `Forget ${program.name}`, title: "Forget" },
      symbol("close"),
    );
    forget.addEventListener("click", () => actions.forget(index));
    return [h("li", { class: "taste-item", "data-testid": "liked" }, open, forget)];
  });
  container.replaceChildren(h("h3", { class: "taste-title" }, "You like"), h("ul", { class: "taste-list" }, ...items));
}
