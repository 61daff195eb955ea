// How to begin: twelve programs that have little in common, to pick a few from.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Verdict } from "../profile/profile_store.ts";
import { h, symbol } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

export interface OnboardingActions {
  pick(index: number): void;
  done(): void;
}

export class Onboarding {
  readonly element: HTMLElement;
  readonly #catalogue: Catalogue;
  readonly #actions: OnboardingActions;
  readonly #tiles = h("ul", { class: "starters", "aria-busy": "true" });
  readonly #note = h("p", { class: "onboarding-note" });
  readonly #done = h(
    "button",
    { type: "button", class: "small-button strong", "data-testid": "onboarding-done", hidden: true },
    "That is me",
  );
  readonly #buttons = new Map<number, HTMLButtonElement>();

  constructor(catalogue: Catalogue, actions: OnboardingActions) {
    this.#catalogue = catalogue;
    this.#actions = actions;
    this.#tiles.append(...Array.from({ length: 12 }, () => h("li", { class: "starter starter-skeleton" })));
    this.#done.addEventListener("click", () => actions.done());
    this.element = h(
      "div",
      { class: "onboarding", "data-testid": "onboarding" },
      h("div", { class: "onboarding-head" }, h("h2", {}, "Pick a few that you like"), this.#note, this.#done),
      this.#tiles,
    );
  }

  setStarters(starters: readonly number[]): void {
    this.#tiles.removeAttribute("aria-busy");
    this.#tiles.replaceChildren(...starters.map((index) => this.#tile(index)));
  }

  update(verdictOf: (index: number) => Verdict | undefined): void {
    let picked = 0;
    for (const [index, button] of this.#buttons) {
      const isPicked = verdictOf(index) === "like";
      button.setAttribute("aria-pressed", String(isPicked));
      if (isPicked) picked += 1;
    }
    this.#done.hidden = picked === 0;
    this.#note.textContent =
      picked === 0
        ? "Two or three are enough: the list below follows at once."
        : picked === 1
          ? "One so far. The list below has changed already."
          : `${picked} so far. The list below follows each of them.`;
  }

  #tile(index: number): HTMLElement {
    const program = this.#catalogue.programs[index];
    if (!program) return h("li");
    const button = h(
      "button",
      { type: "button", class: "starter", "aria-pressed": "false", title: program.summary, "data-testid": "starter" },
      programIcon(program, index, this.#catalogue.icons, "starter"),
      h("span", { class: "starter-name" }, program.name),
      h("span", { class: "starter-heart" }, symbol("heart")),
    );
    button.addEventListener("click", () => this.#actions.pick(index));
    this.#buttons.set(index, button);
    return h("li", {}, button);
  }
}
