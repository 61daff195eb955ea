// One row of the comparison: what the scheme is, its pieces, and on demand its ids and offsets.
import { h } from "../../view/dom.ts";
import type { Label } from "../text/pieces.ts";
import type { TextInfo } from "../text/text_info.ts";
import type { Encoded } from "../worker/protocol.ts";
import { PieceRow } from "./piece_row.ts";
import { TokenTable } from "./token_table.ts";

export class SchemeRow {
  readonly element: HTMLElement;
  readonly pieces: PieceRow;
  readonly #table: TokenTable;
  readonly #lit = h("span", { class: "scheme-lit", hidden: true });
  readonly #count = h("strong", { "data-testid": "count" });
  readonly #unit = h("span");
  readonly #about: HTMLElement;

  constructor(key: string, name: string, about: string) {
    this.pieces = new PieceRow(name, (lit) => {
      this.#lit.textContent = `${lit} of`;
      this.#lit.hidden = lit === 0;
    });
    this.#table = new TokenTable(key, name);
    this.#about = h("p", { class: "scheme-about" }, about);
    this.element = h(
      "article",
      {
        class: `scheme${key === "own" ? " scheme-own" : ""}`,
        "aria-labelledby": `scheme-${key}`,
        "data-testid": "scheme",
        "data-scheme": key,
      },
      h(
        "header",
        { class: "scheme-head" },
        h("h3", { id: `scheme-${key}` }, name),
        h("p", { class: "scheme-count" }, this.#lit, " ", this.#count, this.#unit),
        this.#about,
        this.#table.button,
      ),
      h("div", { class: "scheme-body" }, this.pieces.element, this.#table.element),
    );
  }

  describe(about: string): void {
    this.#about.textContent = about;
  }

  show(encoded: Encoded, info: TextInfo, label: Label): void {
    const { length } = encoded.ids;
    this.#count.textContent = length.toLocaleString("en");
    this.#unit.textContent = length === 1 ? " token" : " tokens";
    this.pieces.show(encoded, info, label);
    this.#table.show(encoded, info.text);
  }
}
