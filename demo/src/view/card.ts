// One program in a list: what it is, why it is here, and what the person says about it.
import { appAddress } from "../address.ts";
import type { Catalogue, Program } from "../catalogue/catalogue.ts";
import type { Verdict } from "../profile/profile_store.ts";
import { h, symbol, wantsNewTab } from "./dom.ts";
import type { SpokenEvent } from "./event_words.ts";
import { markedPieces } from "./mark_words.ts";
import { programIcon } from "./program_icon.ts";

export interface CardActions {
  open(index: number): void;
  judge(index: number, verdict: Verdict): void;
}

export interface CardState {
  verdict?: Verdict | undefined;
  /** What the person did that speaks most for this program, and its part of all that does, 0 to 1. */
  because?: { event: SpokenEvent; part: number } | undefined;
}

const VERDICTS = {
  like: { label: "I like this", icon: "heart" },
  save: { label: "Save for later", icon: "save" },
  dislike: { label: "Not for me", icon: "not-for-me" },
} as const;
type Offered = keyof typeof VERDICTS;

/** Buttons to say something about a program, with words if there is room; `update` shows what was said. */
export function verdictButtons(
  program: Program,
  index: number,
  actions: CardActions,
  offered: readonly Offered[],
  withWords = false,
) {
  const buttons = offered.map((verdict) => {
    const { label, icon } = VERDICTS[verdict];
    const element = h(
      "button",
      {
        type: "button",
        class: `verdict verdict-${verdict}`,
        "aria-pressed": "false",
        "aria-label": `${label}: ${program.name}`,
        title: label,
        "data-testid": verdict,
      },
      symbol(icon),
      withWords && h("span", {}, label),
    );
    element.addEventListener("click", () => actions.judge(index, verdict));
    return { verdict, element };
  });
  return {
    element: h("div", { class: "verdicts" }, ...buttons.map(({ element }) => element)),
    update(said: Verdict | undefined) {
      for (const { verdict, element } of buttons) element.setAttribute("aria-pressed", String(verdict === said));
    },
  };
}

export class Card {
  readonly element: HTMLLIElement;
  readonly #icons: Catalogue["icons"];
  readonly #because = h("p", { class: "card-because", hidden: true, "data-testid": "because" });
  readonly #passage = h("p", { class: "card-passage", hidden: true, "data-testid": "passage" });
  readonly #buttons: ReturnType<typeof verdictButtons>;
  #reason = "";

  constructor(program: Program, index: number, icons: Catalogue["icons"], actions: CardActions) {
    this.#icons = icons;
    this.#buttons = verdictButtons(program, index, actions, ["dislike", "like"]);
    const link = h("a", { class: "card-link", href: appAddress(program.id) }, program.name);
    link.addEventListener("click", (event) => {
      if (wantsNewTab(event)) return;
      event.preventDefault();
      actions.open(index);
    });
    this.element = h(
      "li",
      { class: "card", "data-testid": "card", "data-id": program.id },
      programIcon(program, index, icons, "medium"),
      h(
        "div",
        { class: "card-text" },
        h("h3", { class: "card-name" }, link),
        h("p", { class: "card-summary" }, program.summary),
        this.#passage,
      ),
      h(
        "div",
        { class: "card-foot" },
        h("span", { class: "card-section" }, program.sections[0] ?? ""),
        this.#buttons.element,
      ),
      this.#because,
    );
  }

  update({ verdict, because }: CardState): void {
    this.#buttons.update(verdict);
    this.element.classList.toggle("card-liked", verdict === "like");
    this.element.classList.toggle("card-disliked", verdict === "dislike");
    this.#showReason(because);
  }

  /** The sentence of the description that answers a search, its words marked; nothing outside a search. */
  showPassage(passage: string | undefined, query: string): void {
    this.#passage.hidden = passage === undefined;
    const pieces = passage === undefined ? [] : markedPieces(passage, query);
    this.#passage.replaceChildren(...pieces.map(({ text, isMarked }) => (isMarked ? h("mark", {}, text) : text)));
  }

  #showReason(because: CardState["because"]): void {
    const percent = because ? `${Math.round(100 * because.part)}\u2009%` : "";
    const reason = because ? `${because.event.deed} ${because.event.what} ${percent}` : "";
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.#because.hidden = !because;
    this.#because.replaceChildren();
    if (!because) return;
    const { deed, what, index, program } = because.event;
    this.#because.append(
      program && index !== undefined ? programIcon(program, index, this.#icons, "small") : symbol("said"),
      h("span", { class: "card-reason" }, `Because ${deed} `, h("strong", {}, what)),
      " ",
      h("span", { class: "card-part", title: "of all that speaks for it" }, percent),
    );
  }
}
