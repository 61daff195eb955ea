// What came of a training: figures, the typed text before and after, the learned pieces, the file to take away.
import { h, symbol } from "../../view/dom.ts";
import { download } from "../../view/download.ts";
import { type RowKey, SCHEMES } from "../schemes.ts";
import type { Label } from "../text/pieces.ts";
import type { TextInfo } from "../text/text_info.ts";
import { learnedLists } from "../training/learned.ts";
import type { Trained } from "../training/task.ts";
import { vocabularySize } from "../training/tokenizer_json.ts";
import { smallestSize } from "../training/trim.ts";
import type { Encoded } from "../worker/protocol.ts";
import type { HighlightedRow } from "./highlighter.ts";
import { showLearned } from "./learned_view.ts";
import { PieceRow } from "./piece_row.ts";

const number = (value: number) => value.toLocaleString("en");

function amount(characters: number): string {
  return characters < 1000
    ? `${characters} characters`
    : `${number(Math.round(characters / 1000))} thousand characters`;
}

const duration = (milliseconds: number) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** One of the two rows that show the typed text. */
class Side {
  readonly pieces: PieceRow;
  readonly element: HTMLElement;
  readonly name: string;
  readonly #lit = h("span", { class: "scheme-lit", hidden: true });
  readonly #count = h("strong");

  constructor(name: string, testId: string) {
    this.name = name;
    this.pieces = new PieceRow(name, (lit) => {
      this.#lit.textContent = `${lit} of`;
      this.#lit.hidden = lit === 0;
    });
    this.element = h(
      "div",
      { class: "side", "data-testid": testId },
      h("p", { class: "side-head" }, h("span", {}, name), h("span", {}, this.#lit, " ", this.#count)),
      this.pieces.element,
    );
  }

  show(encoded: Encoded, info: TextInfo, label: Label): void {
    this.#count.textContent = `${number(encoded.ids.length)} tokens`;
    this.pieces.show(encoded, info, label);
  }
}

export class TrainedView {
  readonly #container: HTMLElement;
  readonly #resize: (size: number) => void;
  #sides: { before: Side; after: Side; beforeKey: RowKey } | undefined;

  /** @param resize called with the number of pieces to use */
  constructor(container: HTMLElement, resize: (size: number) => void) {
    this.#container = container;
    this.#resize = resize;
    container.replaceChildren(
      h("p", {}, "What it learned will stand here, beside the pieces of your text before and after."),
    );
  }

  rows(): HighlightedRow[] {
    return this.#sides ? [this.#sides.before, this.#sides.after] : [];
  }

  show(trained: Trained): void {
    const { tokenizer, settings, characters, milliseconds } = trained;
    const size = vocabularySize(tokenizer);
    const { name } = SCHEMES[settings.model];
    const before = new Side(`${name} of this page`, "before");
    const after = new Side("Yours", "after");
    this.#sides = { before, after, beforeKey: settings.model };
    const lists = h("div", { class: "learned-lists" });
    showLearned(lists, learnedLists(tokenizer));
    const save = h(
      "button",
      { type: "button", class: "button", "data-testid": "download" },
      symbol("download"),
      "Download tokenizer.json",
    );
    save.addEventListener("click", () =>
      download("tokenizer.json", new Blob([JSON.stringify(tokenizer)], { type: "application/json" })),
    );
    this.#container.dataset.stage = "trained";
    this.#container.replaceChildren(
      h(
        "header",
        { class: "trained-head" },
        h(
          "div",
          {},
          h("h3", {}, `${number(size)} pieces of your own`),
          h("p", {}, `${name}, from ${amount(characters)} in ${duration(milliseconds)} on this device.`),
        ),
        save,
      ),
      h("section", { class: "sides", "aria-label": "Your text before and after" }, before.element, after.element),
      ...this.#scrubber(trained, size),
      lists,
    );
  }

  /** Shows the typed text before and after. */
  update(rows: Partial<Record<RowKey, Encoded>>, info: TextInfo, label: Label): void {
    if (!this.#sides) return;
    const before = rows[this.#sides.beforeKey];
    if (before) this.#sides.before.show(before, info, label);
    if (rows.own) this.#sides.after.show(rows.own, info, label);
  }

  /** The slider that goes back to any earlier point of the training. */
  #scrubber({ tokenizer }: Trained, size: number): HTMLElement[] {
    const smallest = smallestSize(tokenizer);
    if (smallest === undefined || smallest >= size) return [];
    const output = h("output", { for: "scrubber" });
    const slider = h("input", {
      type: "range",
      id: "scrubber",
      min: 0,
      max: 1,
      step: "any",
      "data-testid": "scrubber",
    });
    const show = (used: number) => {
      output.textContent = `${number(used)} of ${number(size)}`;
      slider.setAttribute("aria-valuetext", `${number(used)} pieces`);
    };
    slider.value = "1";
    slider.addEventListener("input", () => {
      const used = Math.round(smallest * (size / smallest) ** slider.valueAsNumber);
      show(used);
      this.#resize(used);
    });
    show(size);
    const label = h("label", { for: "scrubber" }, "Rewind the training");
    const note = h(
      "p",
      { class: "fine" },
      "Each position is the vocabulary that a shorter training would have ended with.",
    );
    return [h("div", { class: "slider scrubber" }, label, output, slider, note)];
  }
}
