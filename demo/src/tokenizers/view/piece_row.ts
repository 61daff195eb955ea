// The pieces of one text under one tokenizer: a list box in which each piece is an option. Pieces that stay are kept when the text
// changes, so that typing redraws only what it touches.
import { h } from "../../view/dom.ts";
import { isGap, type Label, type Piece, type Segment, segmentsOf } from "../text/pieces.ts";
import type { TextInfo } from "../text/text_info.ts";
import { visible } from "../text/visible.ts";
import type { Encoded } from "../worker/protocol.ts";

/** Pieces drawn at first; more are drawn when asked for. */
const DRAWN = 600;

const classesOf = ({ kind, hue, joined, continued }: Piece) =>
  `piece piece-${kind} hue-${hue}${joined ? " piece-joined" : ""}${continued ? " piece-continued" : ""}`;

const look = (segment: Segment) => (isGap(segment) ? `gap ${segment.gap}` : `${classesOf(segment)} ${segment.label}`);

function gapElement(gap: string): HTMLElement {
  const dropped = gap.trim() !== "";
  const text = dropped ? gap.trim() : visible(gap.replace(/[^\n]/g, ""));
  const element = h("span", { class: dropped ? "gap gap-dropped" : "gap", "aria-hidden": "true" }, text);
  if (dropped) element.title = "Left out by this tokenizer";
  return element;
}

function elementOf(segment: Segment): HTMLElement {
  if (isGap(segment)) return gapElement(segment.gap);
  return h(
    "span",
    { class: classesOf(segment), role: "option", tabindex: -1, "aria-selected": "false", "data-testid": "piece" },
    segment.label,
  );
}

export class PieceRow {
  readonly element: HTMLElement;
  #encoded: Encoded | undefined;
  #pieces: HTMLElement[] = [];
  #looks: string[] = [];
  #lit: HTMLElement[] = [];
  #tabStop: HTMLElement | undefined;
  #drawn = DRAWN;
  readonly #more = h("button", { type: "button", class: "small-button", hidden: true });
  readonly #list: HTMLElement;
  readonly #onLit: (count: number) => void;
  #redraw = () => {};

  /** @param onLit called with the number of pieces that are marked */
  constructor(name: string, onLit: (count: number) => void) {
    this.#onLit = onLit;
    this.#list = h("div", {
      class: "pieces",
      role: "listbox",
      "aria-label": `Pieces: ${name}`,
      "aria-orientation": "horizontal",
      "data-testid": "pieces",
    });
    this.element = h("div", { class: "piece-row" }, this.#list, this.#more);
    this.#more.addEventListener("click", () => {
      this.#drawn = Number.POSITIVE_INFINITY;
      this.#redraw();
    });
  }

  get encoded(): Encoded | undefined {
    return this.#encoded;
  }

  show(encoded: Encoded, info: TextInfo, label: Label): void {
    this.#redraw = () => this.show(encoded, info, label);
    this.#encoded = encoded;
    const segments = segmentsOf(encoded, info, label, this.#drawn);
    this.#replaceChanged(segments);
    this.#list.dataset.label = label;
    this.#pieces = Array.from(this.#list.querySelectorAll<HTMLElement>(".piece"));
    const hidden = encoded.ids.length - this.#pieces.length;
    this.#more.hidden = hidden === 0;
    this.#more.textContent = `Show ${hidden.toLocaleString("en")} more`;
    const [first] = this.#pieces;
    if (first && !this.#tabStop?.isConnected) this.makeTabStop(first);
  }

  /** The token that an element stands for; -1 if it is none of this row. */
  indexOf(element: Element): number {
    return this.#pieces.indexOf(element as HTMLElement);
  }

  pieceAt(index: number): HTMLElement | undefined {
    return this.#pieces[index];
  }

  /** Marks the pieces of a stretch of text. `chosen`: the one that the person points at. */
  light(indices: readonly number[], chosen?: number): void {
    for (const piece of this.#lit) {
      piece.classList.remove("lit", "chosen");
      piece.setAttribute("aria-selected", "false");
    }
    this.#lit = indices.flatMap((index) => this.#pieces[index] ?? []);
    for (const piece of this.#lit) piece.classList.add("lit");
    this.#onLit(indices.length);
    const piece = chosen === undefined ? undefined : this.#pieces[chosen];
    if (!piece) return;
    piece.classList.add("chosen");
    piece.setAttribute("aria-selected", "true");
    if (!this.#lit.includes(piece)) this.#lit.push(piece);
  }

  /** Gives the row's place in the tab order to one of its pieces. */
  makeTabStop(piece: HTMLElement): void {
    if (this.#tabStop) this.#tabStop.tabIndex = -1;
    this.#tabStop = piece;
    piece.tabIndex = 0;
  }

  /** Keeps the elements of an unchanged beginning and end. */
  #replaceChanged(segments: readonly Segment[]): void {
    const looks = segments.map(look);
    const old = this.#looks;
    const shorter = Math.min(old.length, looks.length);
    let head = 0;
    while (head < shorter && old[head] === looks[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && old[old.length - 1 - tail] === looks[looks.length - 1 - tail]) tail += 1;
    const children = Array.from(this.#list.children);
    for (const child of children.slice(head, old.length - tail)) child.remove();
    const fresh = segments.slice(head, segments.length - tail).map(elementOf);
    if (head > 0) children[head - 1]?.after(...fresh);
    else this.#list.prepend(...fresh);
    this.#looks = looks;
  }
}
