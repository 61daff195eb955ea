// One program in a list: what it is, why it is here, and what the person says about it.
import type { Catalogue, Program } from "../catalogue/catalogue.ts";
import type { Verdict } from "../profile/profile.ts";
import { h, symbol, wantsNewTab } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

export interface CardActions {
  open(index: number): void;
  judge(index: number, verdict: Verdict): void;
}

export interface CardState {
  verdict?: Verdict | undefined;
  /** The liked program that this one is recommended for. */
  because?: { program: Program; index: number } | undefined;
}

/** The like and dislike buttons of a program, with words if there is room; `update` shows what was said. */
export function verdictButtons(program: Program, index: number, actions: CardActions, withWords = false) {
  const button = (verdict: Verdict, label: string, icon: string) => {
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
    return element;
  };
  const like = button("like", "I like this", "heart");
  const dislike = button("dislike", "Not for me", "not-for-me");
  return {
    element: h("div", { class: "verdicts" }, ...(withWords ? [like, dislike] : [dislike, like])),
    update(verdict: Verdict | undefined) {
      like.setAttribute("aria-pressed", String(verdict === "like"));
      dislike.setAttribute("aria-pressed", String(verdict === "dislike"));
    },
  };
}

export class Card {
  readonly element: HTMLLIElement;
  readonly #icons: Catalogue["icons"];
  readonly #because = h("p", { class: "card-because", hidden: true, "data-testid": "because" });
  readonly #buttons: ReturnType<typeof verdictButtons>;
  #reason: number | undefined;

  constructor(program: Program, index: number, icons: Catalogue["icons"], actions: CardActions) {
    this.#icons = icons;
    this.#buttons = verdictButtons(program, index, actions);
    const link = h("a", { class: "card-link", href: `?app=${encodeURIComponent(program.id)}` }, program.name);
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
    if (because?.index === this.#reason) return;
    this.#reason = because?.index;
    this.#because.hidden = !because;
    this.#because.replaceChildren();
    if (!because) return;
    this.#because.append(
      programIcon(because.program, because.index, this.#icons, "small"),
      h("span", {}, "Because you liked ", h("strong", {}, because.program.name)),
    );
  }
}
