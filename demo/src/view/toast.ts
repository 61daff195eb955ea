// A short message at the foot of the window with one way back.
import { h } from "./dom.ts";

const VISIBLE_MS = 6000;

export class Toast {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  show(text: string, undo?: () => void): void {
    this.#element.replaceChildren(h("span", {}, text));
    if (undo) {
      const button = h("button", { type: "button", class: "link-button", "data-testid": "undo" }, "Undo");
      button.addEventListener("click", () => {
        this.hide();
        undo();
      });
      this.#element.append(button);
    }
    this.#element.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), VISIBLE_MS);
  }

  hide(): void {
    this.#element.hidden = true;
  }
}
