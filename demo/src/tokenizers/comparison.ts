// The comparison: chart and rows of one text under every tokenizer. What was trained joins as the row "own", above the others.
import { find } from "../view/dom.ts";
import { type RowKey, SCHEME_KEYS, SCHEMES } from "./schemes.ts";
import { countsOf } from "./text/counts.ts";
import type { Label } from "./text/pieces.ts";
import type { TextInfo } from "./text/text_info.ts";
import { Chart, type ChartRow } from "./view/chart.ts";
import type { HighlightedRow } from "./view/highlighter.ts";
import { SchemeRow } from "./view/scheme_row.ts";
import type { Encoded } from "./worker/protocol.ts";

const ORDER: readonly RowKey[] = ["own", ...SCHEME_KEYS];

const schemeOf = (key: RowKey) => (key === "own" ? { name: "Yours", about: "" } : SCHEMES[key]);

export class Comparison {
  readonly #container = find("rows");
  readonly #chart = new Chart(find("chart"));
  readonly #rows = new Map<RowKey, SchemeRow>();
  vocabSizes: Partial<Record<RowKey, number>> = {};
  /** The counts in words, for screen readers. */
  summary = "";

  /** Whether there are tokenizers. */
  get isReady(): boolean {
    return Object.keys(this.vocabSizes).length > 0;
  }

  /** From top to bottom. */
  rows(): HighlightedRow[] {
    return ORDER.flatMap((key) => {
      const row = this.#rows.get(key);
      return row ? [{ name: schemeOf(key).name, pieces: row.pieces }] : [];
    });
  }

  /** Says what the row "own" is. */
  describeOwn(about: string): void {
    this.#rowOf("own").describe(about);
  }

  show(encoded: Partial<Record<RowKey, Encoded>>, info: TextInfo, label: Label): void {
    const lines: ChartRow[] = [];
    for (const key of ORDER) {
      const row = encoded[key];
      if (!row) continue;
      this.#rowOf(key).show(row, info, label);
      const { name } = schemeOf(key);
      lines.push({ key, name, counts: countsOf(row, info), vocabSize: this.vocabSizes[key] ?? 0 });
    }
    this.#chart.show(lines);
    this.summary = `Tokens: ${lines.map(({ name: line, counts }) => `${line} ${counts.tokens}`).join(", ")}.`;
  }

  #rowOf(key: RowKey): SchemeRow {
    const there = this.#rows.get(key);
    if (there) return there;
    const { name, about } = schemeOf(key);
    const row = new SchemeRow(key, name, about);
    this.#rows.set(key, row);
    if (key === "own") this.#container.prepend(row.element);
    else this.#container.append(row.element);
    return row;
  }
}
