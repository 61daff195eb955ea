// The roll-out: the text once for each layer, each token as dark as its share in the chosen token, or in the whole text's vector.
import { h } from "../../view/dom.ts";
import { isSpecial, type Reading, sharesIn } from "../numbers/reading.ts";
import { percent } from "./words.ts";

/** Smaller shares are not written out. */
const TOLD = 0.1;

/** Shares of each layer that a screen reader says. */
const SAID = 5;

/** The largest shares, for those who do not see the colours. */
function inWords({ tokens }: Reading, shares: Float32Array): string {
  const largest = Array.from(shares.keys())
    .sort((a, b) => (shares[b] as number) - (shares[a] as number) || a - b)
    .slice(0, SAID);
  return `${largest.map((i) => `${tokens[i]} ${percent(shares[i] as number)}`).join(", ")}.`;
}

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
      const shares = sharesIn(reading, layer, token);
      return h(
        "li",
        { class: "roll-line", "data-testid": "roll-line" },
        h("span", { class: "roll-layer" }, `After layer ${layer + 1}`),
        h("span", { class: "visually-hidden" }, `: ${inWords(reading, shares)}`),
        h("span", { class: "roll-tokens", "aria-hidden": "true" }, ...this.#tokens(reading, shares, token)),
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
      const figure = share >= TOLD && h("span", { class: "roll-share" }, ` ${percent(share)}`);
      const element = h("span", { class: classes, title: percent(share) }, text, figure);
      // Special tokens gather so much that beside them all words would be pale.
      element.style.setProperty("--share", (special || most === 0 ? 0 : share / most).toFixed(3));
      return element;
    });
  }
}
