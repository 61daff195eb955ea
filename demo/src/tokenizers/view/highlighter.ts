// Follows pointer, focus and selection: the piece that they are at is explained, and the same stretch of text is lit in every row.
import { overlapping, type Range } from "../text/overlap.ts";
import type { Inspector } from "./inspector.ts";
import type { PieceRow } from "./piece_row.ts";
import type { TextField } from "./text_field.ts";

export interface HighlightedRow {
  name: string;
  pieces: PieceRow;
}

interface Place {
  row: HighlightedRow;
  index: number;
}

const pieceAt = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>(".piece") : null;

const noteOf = (piece: HTMLElement) => {
  if (piece.classList.contains("piece-unknown"))
    return "Not in the vocabulary: the model cannot tell it from other unknowns.";
  if (piece.classList.contains("piece-special")) return "A special token: it stands for no text.";
  if (piece.classList.contains("piece-part")) return "One part of a character that takes several tokens.";
  return undefined;
};

export class Highlighter {
  readonly #rows: () => readonly HighlightedRow[];
  readonly #field: TextField;
  readonly #inspector: Inspector;
  #chosen: HTMLElement | undefined;

  /** @param rows every row that is shown, from top to bottom */
  constructor(root: HTMLElement, rows: () => readonly HighlightedRow[], field: TextField, inspector: Inspector) {
    this.#rows = rows;
    this.#field = field;
    this.#inspector = inspector;
    root.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType !== "touch") this.#follow(pieceAt(target));
    });
    root.addEventListener("pointerleave", () => this.#follow(null));
    root.addEventListener("focusin", ({ target }) => this.#follow(pieceAt(target)));
    root.addEventListener("focusout", () => this.#follow(null));
    root.addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("scroll", () => this.#inspector.follow(), { passive: true });
    document.addEventListener("selectionchange", () => this.#onSelection());
  }

  /** The rows were drawn anew. */
  refresh(): void {
    if (this.#chosen && !this.#chosen.isConnected) this.#clear();
    else if (this.#chosen) this.#choose(this.#chosen);
    else this.#onSelection();
  }

  /** What the pointer left gives way to what has the focus. */
  #follow(piece: HTMLElement | null): void {
    const next = piece ?? pieceAt(document.activeElement);
    if (next === this.#chosen) return;
    if (next) this.#choose(next);
    else if (this.#chosen) this.#clear();
  }

  #placeOf(piece: HTMLElement): Place | undefined {
    for (const row of this.#rows()) {
      const index = row.pieces.indexOf(piece);
      if (index >= 0) return { row, index };
    }
    return undefined;
  }

  #choose(piece: HTMLElement): void {
    const place = this.#placeOf(piece);
    const encoded = place?.row.pieces.encoded;
    if (!place || !encoded) return;
    const { row, index } = place;
    this.#chosen = piece;
    row.pieces.makeTabStop(piece);
    const start = encoded.offsets[2 * index] as number;
    const end = encoded.offsets[2 * index + 1] as number;
    const elsewhere = this.#light({ start, end }, place);
    this.#field.mark({ start, end });
    piece.setAttribute("aria-describedby", "inspector");
    const word = encoded.wordIds[index] as number;
    this.#inspector.show(piece, {
      scheme: row.name,
      token: encoded.tokens[index] ?? "",
      id: encoded.ids[index] as number,
      start,
      end,
      word: word < 0 ? undefined : word,
      note: noteOf(piece),
      elsewhere: start < end ? elsewhere : "",
    });
  }

  /** @returns how many pieces every other row has there, in words */
  #light(range: Range, place?: Place): string {
    const counts: string[] = [];
    for (const row of this.#rows()) {
      const { encoded } = row.pieces;
      const indices = encoded ? overlapping(encoded.offsets, range) : [];
      row.pieces.light(indices, row.pieces === place?.row.pieces ? place.index : undefined);
      if (row.pieces !== place?.row.pieces) counts.push(`${row.name} ${indices.length}`);
    }
    return counts.join(", ");
  }

  #clear(): void {
    this.#chosen = undefined;
    this.#inspector.hide();
    this.#field.mark(undefined);
    for (const { pieces } of this.#rows()) pieces.light([]);
  }

  /** Text selected in the field lights the pieces that write it. */
  #onSelection(): void {
    if (this.#chosen) return;
    this.#light(this.#field.selection() ?? { start: 0, end: 0 });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.#inspector.isOpen) {
      this.#clear();
      return;
    }
    const piece = pieceAt(event.target);
    const place = piece && this.#placeOf(piece);
    const target = place && this.#targetOf(event.key, place);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  /** Left and right go along a row; up and down go to the piece at the same stretch of text in the next row. */
  #targetOf(key: string, { row, index }: Place): HTMLElement | undefined {
    const { pieces } = row;
    const count = pieces.encoded?.ids.length ?? 0;
    if (key === "ArrowRight") return pieces.pieceAt(index + 1);
    if (key === "ArrowLeft") return pieces.pieceAt(index - 1);
    if (key === "Home") return pieces.pieceAt(0);
    if (key === "End") return pieces.pieceAt(count - 1);
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const rows = this.#rows();
    const at = rows.findIndex((other) => other.pieces === pieces);
    const next = rows[at + (key === "ArrowDown" ? 1 : -1)]?.pieces;
    const start = pieces.encoded?.offsets[2 * index] ?? 0;
    if (!next?.encoded) return undefined;
    return next.pieceAt(overlapping(next.encoded.offsets, { start, end: start + 1 })[0] ?? 0);
  }
}
