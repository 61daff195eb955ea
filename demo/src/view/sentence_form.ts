// "Say something about yourself": one sentence that the model reads, in this page, as a taste.
import { h } from "./dom.ts";

const LONGEST = 300;

export class SentenceForm {
  readonly element: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #button = h("button", { type: "submit", class: "small-button strong" }, "Use it");
  readonly #note = h("p", { class: "sentence-note", role: "status", hidden: true });

  /** @param onSaid settles when the sentence was read; a rejection's message is shown */
  constructor(name: string, onSaid: (text: string) => Promise<void>) {
    this.#input = h("input", {
      id: `${name}-sentence`,
      type: "text",
      class: "sentence-input",
      placeholder: "I teach maths and cut films of our holidays",
      maxlength: LONGEST,
      autocomplete: "off",
      "data-testid": "sentence",
    });
    this.element = h(
      "form",
      { class: "sentence", "data-testid": "sentence-form" },
      h("label", { for: this.#input.id }, "Or say it in a sentence"),
      h("div", { class: "sentence-row" }, this.#input, this.#button),
      this.#note,
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text) void this.#say(text, onSaid);
      else this.#input.focus();
    });
  }

  focus(): void {
    this.#input.focus();
  }

  async #say(text: string, onSaid: (text: string) => Promise<void>): Promise<void> {
    this.#button.disabled = true;
    this.#tell("Reading it as soon as the language model is here.");
    try {
      await onSaid(text);
      this.#input.value = "";
      this.#tell("");
    } catch (error) {
      this.#tell(`It could not be read: ${error instanceof Error ? error.message : error}`);
    }
    this.#button.disabled = false;
  }

  #tell(text: string): void {
    this.#note.textContent = text;
    this.#note.hidden = text === "";
  }
}
