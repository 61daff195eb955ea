// The exploration dial: how far the feed may leave what is known to fit.
import { h } from "./dom.ts";

const WORDS = ["only what fits", "a little new", "half and half", "mostly new", "surprise me"];
const STEPS = 20;

export class Dial {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;

  /** @param onTurn called with 0 to 1 */
  constructor(onTurn: (exploration: number) => void) {
    this.#input = h("input", { id: "dial", type: "range", min: 0, max: STEPS, value: 0, "data-testid": "dial" });
    const word = h("output", { for: "dial" });
    this.element = h(
      "div",
      { class: "dial" },
      h("label", { for: "dial" }, "Surprise me"),
      word,
      this.#input,
      h("span", { class: "dial-end", "aria-hidden": "true" }, "less"),
      h("span", { class: "dial-end", "aria-hidden": "true" }, "more"),
    );
    const show = () => {
      const share = this.#input.valueAsNumber / STEPS;
      const text = WORDS[Math.round(share * (WORDS.length - 1))] as string;
      word.textContent = text;
      this.#input.setAttribute("aria-valuetext", text);
      this.#input.style.setProperty("--filled", `${100 * share}%`);
    };
    this.#input.addEventListener("input", () => {
      show();
      onTurn(this.#input.valueAsNumber / STEPS);
    });
    show();
  }
}
