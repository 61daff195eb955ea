// The row of sections that narrows the list.
import { h } from "./dom.ts";

export class SectionBar {
  readonly #buttons = new Map<string, HTMLButtonElement>();

  /** @param onChoose called with the section, or undefined for all */
  constructor(container: HTMLElement, sections: readonly string[], onChoose: (section: string | undefined) => void) {
    for (const section of ["", ...sections]) {
      const button = h("button", { type: "button", class: "chip", "aria-pressed": "false" }, section || "All");
      button.addEventListener("click", () => onChoose(section || undefined));
      this.#buttons.set(section, button);
    }
    container.replaceChildren(...this.#buttons.values());
  }

  update(chosen: string | undefined): void {
    for (const [section, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(section === (chosen ?? "")));
    }
  }
}
