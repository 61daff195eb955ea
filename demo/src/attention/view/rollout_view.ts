// The roll-out: the text once for each layer, each token as dark as its share in the chosen token, or in the whole text's vector.
import { h } from "../../view/dom.ts";
import { isSpecial, type Reading, sharesIn } from "../numbers/reading.ts";
import { percent } from "./words.ts";

/** Smaller shares are not written out. */
const TOLD = 0.1;

export class RolloutView {
  readonly #list: HTMLElement;
  readonly #subject: HTMLElement;

  constructor(list: HTMLElement, subject: HTMLElement) {
    this.#list = list;
    this.#subject = subject;
  }

  show(reading: Reading, token: number | undefined): void {
    this.#subject.textContent =
      token === undefined ? "in the vector of the whole text" : `in \u201c${reading.tokens[token]}\u201d`;
    const lines = Array.from({ length: reading.layers }, (_, layer) => {
      const tokens = this.#tokens(reading, sharesIn(reading, layer, token), token);
      return h(
        "li",
        { class: "roll-line", "data-testid": "roll-line" },
        h("span", { class: "roll-layer" }, `After layer ${layer + 1}`),
        h("span", { class: "roll-tokens" }, ...tokens),
      );
    });
    this.#list.replaceChildren(...lines);
  }

  #tokens(reading: Reading, shares: Float32Array, chosen: number | undefined): HTMLElement[] {
    const own = shares.filter((_, i) => !isSpecial(reading, i));
    const most = Math.max(...own, 0);
    return reading.tokens.map((text, i) => {
      const share = shares[i] as number;
      const special = isSpecial(reading, i);
      const classes = `roll-token${i === chosen ? " roll-chosen" : ""}${special ? " roll-special" : ""}`;
      const figure = h("span", { class: share >= TOLD ? "roll-share" : "visually-hidden" }, ` ${percent(share)}`);
      const element = h("span", { class: classes, title: percent(share) }, text, figure);
      // Special tokens gather so much that beside them all words would be pale.
      element.style.setProperty("--share", (special || most === 0 ? 0 : share / most).toFixed(3));
      return element;
    });
  }
}
