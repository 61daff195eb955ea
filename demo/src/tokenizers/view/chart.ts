// How many tokens each scheme needs: bars in a table, so that the figures can be read as well as seen.
import { h } from "../../view/dom.ts";
import type { RowKey } from "../schemes.ts";
import type { Counts } from "../text/counts.ts";

export interface ChartRow {
  key: RowKey;
  name: string;
  counts: Counts;
  vocabSize: number;
}

const COLUMNS = ["Scheme", "Tokens", "Tokens per word", "Characters per token", "Vocabulary", "Unknown"];
/** Names of the figures after the bar, where there is no room for column heads. */
const SHORT = { "per-word": "a word", each: "chars each", vocabulary: "known", unknown: "unknown" };

const ratio = (value: number | undefined) => (value === undefined ? "\u2013" : value.toFixed(2));

class Line {
  readonly element: HTMLElement;
  readonly #name = h("th", { scope: "row", role: "rowheader" });
  readonly #bar = h("span", { class: "bar" });
  readonly #tokens = h("span", { class: "bar-value", "data-testid": "chart-tokens" });
  readonly #figures = Object.entries(SHORT).map(([key, short]) =>
    h("td", { role: "cell", class: `figure figure-${key}`, "data-short": short }),
  );

  constructor(key: RowKey) {
    const bar = h("td", { role: "cell", class: "bar-cell" }, h("div", { class: "bar-line" }, this.#bar, this.#tokens));
    this.element = h(
      "tr",
      { role: "row", class: `chart-row chart-${key}`, "data-testid": "chart-row", "data-scheme": key },
      this.#name,
      bar,
      ...this.#figures,
    );
  }

  show({ name, counts, vocabSize }: ChartRow, most: number): void {
    this.#name.textContent = name;
    this.#bar.style.setProperty("--share", String(most > 0 ? counts.tokens / most : 0));
    this.#tokens.textContent = counts.tokens.toLocaleString("en");
    const figures = [
      ratio(counts.tokensPerWord),
      ratio(counts.charactersPerToken),
      vocabSize.toLocaleString("en"),
      counts.unknown.toLocaleString("en"),
    ];
    for (const [i, figure] of figures.entries()) (this.#figures[i] as HTMLElement).textContent = figure;
    this.#figures[3]?.classList.toggle("some", counts.unknown > 0);
  }
}

export class Chart {
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #lines = new Map<RowKey, Line>();

  constructor(table: HTMLElement) {
    const head = COLUMNS.map((column) => h("th", { scope: "col", role: "columnheader" }, column));
    // Said again, since a table that a style sheet lays out as blocks is no table to screen readers.
    table.setAttribute("role", "table");
    table.replaceChildren(h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...head)), this.#body);
  }

  show(rows: readonly ChartRow[]): void {
    const most = Math.max(0, ...rows.map(({ counts }) => counts.tokens));
    for (const row of rows) {
      let line = this.#lines.get(row.key);
      if (!line) {
        line = new Line(row.key);
        this.#lines.set(row.key, line);
        if (row.key === "own") this.#body.prepend(line.element);
        else this.#body.append(line.element);
      }
      line.show(row, most);
    }
  }
}
