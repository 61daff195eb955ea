// The word and the sentences that it is looked at in.
import { find, h } from "../../view/dom.ts";
import { MOST_SENTENCES } from "../address.ts";
import { SENSES } from "../samples.ts";
import { letterOf } from "./senses_view.ts";

const LEAST_SENTENCES = 2;

export class SensesForm {
  readonly #word = find<HTMLInputElement>("senses-word");
  readonly #list = find("senses-sentences");
  readonly #samples = find("senses-samples");
  readonly #add = find<HTMLButtonElement>("senses-add");
  readonly #onChange: (word: string, sentences: string[]) => void;

  constructor(onChange: (word: string, sentences: string[]) => void) {
    this.#onChange = onChange;
    this.#word.addEventListener("input", () => this.#tell());
    this.#list.addEventListener("input", () => this.#tell());
    this.#add.addEventListener("click", () => {
      this.set(this.word, [...this.sentences, ""]);
      this.#list.querySelector<HTMLElement>("li:last-child textarea")?.focus();
    });
    this.#samples.replaceChildren(
      ...SENSES.map(({ word, sentences }) => {
        const button = h("button", { type: "button", class: "chip", "data-testid": "senses-sample" }, word);
        button.addEventListener("click", () => {
          this.set(word, sentences);
          this.#tell();
        });
        return button;
      }),
    );
  }

  get word(): string {
    return this.#word.value.trim();
  }

  get sentences(): string[] {
    return Array.from(this.#list.querySelectorAll("textarea"), ({ value }) => value);
  }

  set(word: string, sentences: readonly string[]): void {
    this.#word.value = word;
    this.#list.replaceChildren(...sentences.map((sentence, i) => this.#line(sentence, i, sentences.length)));
    this.#add.hidden = sentences.length >= MOST_SENTENCES;
    this.#mark();
  }

  #line(sentence: string, i: number, count: number): HTMLElement {
    const letter = letterOf(i);
    const field = h("textarea", {
      rows: 1,
      maxlength: 500,
      spellcheck: "false",
      autocomplete: "off",
      "aria-label": `Sentence ${letter}`,
      "data-testid": "sentence",
    });
    field.value = sentence;
    const remove = h(
      "button",
      {
        type: "button",
        class: "remove",
        "aria-label": `Leave out sentence ${letter}`,
        hidden: count <= LEAST_SENTENCES,
      },
      "\u00d7",
    );
    remove.addEventListener("click", () => {
      this.set(
        this.word,
        this.sentences.filter((_, at) => at !== i),
      );
      this.#tell();
      this.#word.focus();
    });
    return h("li", {}, h("span", { class: "letter", "aria-hidden": "true" }, letter), field, remove);
  }

  #tell(): void {
    this.#mark();
    this.#onChange(this.word, this.sentences);
  }

  #mark(): void {
    const sentences = this.sentences.join("\n");
    for (const [i, button] of Array.from(this.#samples.children).entries()) {
      const isShown = SENSES[i]?.word === this.word && SENSES[i]?.sentences.join("\n") === sentences;
      button.setAttribute("aria-pressed", String(isShown));
    }
  }
}
