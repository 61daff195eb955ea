// Lists of learned pieces.
import { h } from "../../view/dom.ts";
import type { LearnedList, LearnedPiece } from "../training/learned.ts";

function itemOf({ text, parts }: LearnedPiece): HTMLLIElement {
  if (!parts) return h("li", {}, h("span", { class: "learned-piece" }, text));
  const [left, right] = parts;
  return h(
    "li",
    {},
    h("span", { class: "learned-part" }, left),
    h("span", { class: "learned-part" }, right),
    h("span", { class: "learned-arrow", "aria-label": "become" }, "\u2192"),
    h("span", { class: "learned-piece" }, text),
  );
}

export function showLearned(container: HTMLElement, lists: readonly LearnedList[]): void {
  container.replaceChildren(
    ...lists
      .filter(({ pieces }) => pieces.length > 0)
      .map(({ title, pieces }) =>
        h(
          "section",
          { class: pieces.some(({ parts }) => parts) ? "learned learned-merges" : "learned" },
          h("h4", {}, title),
          h("ul", { "data-testid": "learned" }, ...pieces.map(itemOf)),
        ),
      ),
  );
}
