// What the piece under the pointer or the focus is: beside it where there is room, at the foot of the window on a phone.
import { h } from "../../view/dom.ts";

export interface Inspected {
  scheme: string;
  token: string;
  id: number;
  start: number;
  end: number;
  word: number | undefined;
  note: string | undefined;
  /** How many pieces each other scheme needs for the same stretch, in words. */
  elsewhere: string;
}

const MARGIN = 8; // px between piece, panel and window edge

export class Inspector {
  readonly #panel: HTMLElement;
  #piece: HTMLElement | undefined;

  constructor(panel: HTMLElement) {
    this.#panel = panel;
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  show(piece: HTMLElement, { scheme, token, id, start, end, word, note, elsewhere }: Inspected): void {
    const fact = (name: string, value: string) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
    this.#panel.replaceChildren(
      h("p", { class: "inspector-token" }, h("code", {}, token), h("span", {}, scheme)),
      h(
        "dl",
        {},
        fact("Id", String(id)),
        fact("Offsets", start < end ? `${start}\u2013${end}` : "none"),
        fact("Word", word === undefined ? "none" : String(word)),
      ),
      ...(note ? [h("p", { class: "inspector-note" }, note)] : []),
      ...(elsewhere ? [h("p", { class: "inspector-elsewhere" }, `The same stretch elsewhere: ${elsewhere}.`)] : []),
    );
    this.#piece = piece;
    this.#panel.hidden = false;
    this.follow();
  }

  hide(): void {
    this.#piece = undefined;
    this.#panel.hidden = true;
  }

  /** Stays with its piece while the page scrolls. */
  follow(): void {
    if (this.#piece) this.#place(this.#piece.getBoundingClientRect());
  }

  /** Above the piece, or below it where the window ends; a style sheet for narrow windows has its own place for it. */
  #place(piece: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.#panel;
    const above = piece.top - height - MARGIN;
    const top = above >= MARGIN ? above : piece.bottom + MARGIN;
    const left = Math.min(Math.max(MARGIN, piece.left + piece.width / 2 - width / 2), innerWidth - width - MARGIN);
    this.#panel.style.setProperty("--left", `${Math.max(MARGIN, left)}px`);
    this.#panel.style.setProperty("--top", `${Math.max(MARGIN, top)}px`);
  }
}
