// Texts as rows of how often each term occurs in them.
import { analyze } from "./analyze.ts";
import type { AnalyzerSettings } from "./count_options.ts";
import { SparseBuilder, type SparseRows } from "./sparse_rows.ts";

/** Rows of counts, and which column is whose. */
export interface CountedTexts {
  readonly rows: SparseRows;
  readonly columns: ReadonlyMap<string, number>;
}

/** Counts the terms of texts that have a column; all others are left out. */
export function countKnown(
  texts: readonly string[],
  settings: AnalyzerSettings,
  columns: ReadonlyMap<string, number>,
): CountedTexts {
  return { rows: countTerms(texts, settings, columns, (term) => columns.get(term)), columns };
}

/** Counts all terms of texts; each has the next column when it first occurs. */
export function countAll(texts: readonly string[], settings: AnalyzerSettings): CountedTexts {
  const columns = new Map<string, number>();
  const columnOf = (term: string) => {
    const column = columns.get(term) ?? columns.size;
    if (column === columns.size) columns.set(term, column);
    return column;
  };
  return { rows: countTerms(texts, settings, columns, columnOf), columns };
}

/** The same rows with other columns; terms that have none there are left out. */
export function withColumns({ rows, columns }: CountedTexts, others: ReadonlyMap<string, number>): SparseRows {
  const { data, indices, indptr, shape } = rows;
  const moved = Int32Array.from(columns.keys(), (term) => others.get(term) ?? -1); // by column
  const built = new SparseBuilder();
  for (let i = 0; i < shape[0]; i++) {
    const row: [column: number, count: number][] = [];
    for (let at = indptr[i] as number; at < (indptr[i + 1] as number); at++) {
      const column = moved[indices[at] as number] as number;
      if (column >= 0) row.push([column, data[at] as number]);
    }
    for (const [column, count] of row.sort(([a], [b]) => a - b)) built.add(column, count);
    built.endRow();
  }
  return built.rows(others.size);
}

function countTerms(
  texts: readonly string[],
  settings: AnalyzerSettings,
  columns: ReadonlyMap<string, number>,
  columnOf: (term: string) => number | undefined,
): SparseRows {
  const built = new SparseBuilder();
  const counts: number[] = []; // of the text at hand, by column; 0 between texts
  for (const text of texts) {
    const found: number[] = [];
    for (const term of analyze(text, settings)) {
      const column = columnOf(term);
      if (column === undefined) continue;
      const count = counts[column] ?? 0;
      if (count === 0) found.push(column);
      counts[column] = count + 1;
    }
    for (const column of found.sort((a, b) => a - b)) {
      built.add(column, counts[column] as number);
      counts[column] = 0;
    }
    built.endRow();
  }
  return built.rows(columns.size);
}
