// The line under the search field: how far the model is, and that search goes by words until then.
import type { ModelState } from "../engine/engine_client.ts";
import { h } from "./dom.ts";

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);

export class StatusLine {
  readonly #line: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #retry: () => void;

  constructor(line: HTMLElement, bar: HTMLProgressElement, retry: () => void) {
    this.#line = line;
    this.#bar = bar;
    this.#retry = retry;
  }

  /** @param milliseconds what the last search took */
  update(state: ModelState, milliseconds?: number): void {
    this.#line.dataset.stage = state.stage;
    this.#bar.hidden = state.stage !== "loading";
    if (state.stage === "loading") {
      this.#bar.value = state.fraction;
      const of = state.total ? ` of ${megabytes(state.total)}` : "";
      const amount = state.loaded > 0 ? `, ${megabytes(state.loaded)}${of} MB` : "";
      this.#line.replaceChildren(`Fetching the language model${amount}. Until it is here, search goes by words.`);
    } else if (state.stage === "ready") {
      const took =
        milliseconds === undefined
          ? ""
          : `, ${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms on this device`;
      this.#line.replaceChildren(h("span", { class: "dot" }), `Searching by meaning${took}`);
    } else {
      const retry = h("button", { type: "button", class: "link-button" }, "Try again");
      retry.addEventListener("click", this.#retry);
      this.#line.replaceChildren(
        "The language model could not be loaded: searching by words.",
        retry,
        h("details", {}, h("summary", {}, "Why?"), state.message),
      );
    }
  }
}
