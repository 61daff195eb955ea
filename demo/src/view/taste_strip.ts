// What the person likes and said, above the list: the reason for its order, one press away from being changed.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProfileEvent } from "../profile/profile_store.ts";
import { h, symbol } from "./dom.ts";
import type { EventWords } from "./event_words.ts";
import { programIcon } from "./program_icon.ts";

export interface TasteActions {
  open(index: number): void;
  forget(event: ProfileEvent): void;
  addSentence(): void;
}

const GOOD_KINDS = new Set(["like", "save", "describe"]);

/**
 * Shows what speaks for something, newest first.
 *
 * @param isPicking while the person picks from starters, which show by themselves what is picked: only sentences are shown
 */
export function showTaste(
  container: HTMLElement,
  catalogue: Catalogue,
  events: readonly ProfileEvent[],
  words: EventWords,
  isPicking: boolean,
  actions: TasteActions,
): void {
  const good = events.filter(({ kind }) => (isPicking ? kind === "describe" : GOOD_KINDS.has(kind))).toReversed();
  container.hidden = good.length === 0;
  const items = good.map((event) => {
    const { what, index, program } = words.speak(event);
    const open =
      program && index !== undefined
        ? h(
            "button",
            { type: "button", class: "taste-open" },
            programIcon(program, index, catalogue.icons, "small"),
            program.name,
          )
        : h("span", { class: "taste-open taste-said" }, symbol("said"), h("span", {}, what));
    if (index !== undefined) open.addEventListener("click", () => actions.open(index));
    const forget = h(
      "button",
      { type: "button", class: "taste-forget", "aria-label": `Forget ${what}`, title: "Forget" },
      symbol("close"),
    );
    forget.addEventListener("click", () => actions.forget(event));
    return h("li", { class: "taste-item", "data-testid": "liked" }, open, forget);
  });
  const add = h(
    "button",
    { type: "button", class: "taste-add", "data-testid": "add-sentence" },
    symbol("plus"),
    "a sentence about you",
  );
  add.addEventListener("click", () => actions.addSentence());
  container.replaceChildren(
    h("h2", { class: "taste-title" }, isPicking ? "You said" : "You like"),
    h("ul", { class: "taste-list" }, ...items, !isPicking && h("li", {}, add)),
  );
}
