// A choice between a few ways, of which one holds: radio buttons that look like one control.
import { h } from "./dom.ts";

export interface Segment<T extends string> {
  value: T;
  label: string;
  /** What this way does, in a sentence. */
  hint: string;
}

export class Segments<T extends string> {
  readonly element: HTMLFieldSetElement;
  readonly #inputs = new Map<T, HTMLInputElement>();

  /** @param name of the group, and the beginning of its members' test names */
  constructor(name: string, legend: string, segments: readonly Segment<T>[], onChoice: (value: T) => void) {
    this.element = h("fieldset", { class: "segments" }, h("legend", {}, legend));
    for (const { value, label, hint } of segments) {
      const input = h("input", { type: "radio", name, value, "data-testid": `${name}-${value}` });
      input.addEventListener("change", () => onChoice(value));
      this.#inputs.set(value, input);
      this.element.append(h("label", { title: hint }, input, h("span", {}, label)));
    }
  }

  set(value: T): void {
    const input = this.#inputs.get(value);
    if (input) input.checked = true;
  }
}
