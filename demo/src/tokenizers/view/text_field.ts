// The text that is cut: a field that grows with it. Behind the field lies a copy of the text on which a stretch can be marked.
import { h } from "../../view/dom.ts";
import type { Range } from "../text/overlap.ts";

export class TextField {
  readonly #area: HTMLTextAreaElement;
  readonly #mirror: HTMLElement;
  #marked: Range | undefined;

  /** @param container holds the text area; the copy is put before it */
  constructor(container: HTMLElement, area: HTMLTextAreaElement, onInput: () => void) {
    this.#area = area;
    this.#mirror = h("div", { class: "field-mirror", "aria-hidden": "true" });
    container.prepend(this.#mirror);
    area.addEventListener("input", () => {
      area.removeAttribute("lang"); // no longer the sample's
      this.mark(undefined);
      onInput();
    });
    this.#draw();
  }

  get value(): string {
    return this.#area.value;
  }

  set(text: string, language: string): void {
    this.#area.value = text;
    this.#area.lang = language;
    this.mark(undefined);
  }

  /** What the person has selected in the field, if it has the focus. */
  selection(): Range | undefined {
    const { selectionStart: start, selectionEnd: end } = this.#area;
    return document.activeElement === this.#area && start < end ? { start, end } : undefined;
  }

  mark(range: Range | undefined): void {
    this.#marked = range;
    this.#draw();
  }

  #draw(): void {
    const { value } = this.#area;
    const { start, end } = this.#marked ?? { start: value.length, end: value.length };
    // The last line keeps its height when it is empty.
    const rest = `${value.slice(end)}\u200b`;
    this.#mirror.replaceChildren(
      value.slice(0, start),
      ...(start < end ? [h("mark", { "data-testid": "mark" }, value.slice(start, end))] : []),
      rest,
    );
  }
}
