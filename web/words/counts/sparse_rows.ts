// Rows that are mostly zeros: of each only the entries are kept, end to end (CSR, compressed sparse rows).
import { invalid, typeName } from "../../arguments.ts";
import { isA } from "../../realms.ts";

/**
 * Rows of which most values are 0, in the form that scipy and others call CSR: row `i` has the values
 * `data[indptr[i]]` to `data[indptr[i + 1] - 1]`, in the columns that `indices` has at the same places.
 */
export interface SparseRows {
  /** The values of all rows, row after row. */
  data: Float64Array; // [entries]
  /** The column of each value, ascending within a row. */
  indices: Int32Array; // [entries]
  /** Where each row begins in `data` and `indices`, and where the last one ends. */
  indptr: Int32Array; // [rows + 1]
  /** Numbers of rows and columns. */
  shape: [rows: number, columns: number];
}

/** Puts rows together, each a list of [column, value], ascending by column. */
export function sparseRows(rows: readonly (readonly [column: number, value: number][])[], columns: number): SparseRows {
  const indptr = new Int32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) indptr[i + 1] = (indptr[i] as number) + row.length;
  const entries = indptr[rows.length] as number;
  const data = new Float64Array(entries);
  const indices = new Int32Array(entries);
  let at = 0;
  for (const row of rows) {
    for (const [column, value] of row) {
      indices[at] = column;
      data[at++] = value;
    }
  }
  return { data, indices, indptr, shape: [rows.length, columns] };
}

/**
 * The rows as vectors with all their zeros, for `similarity`, an index and other programs.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * denseRows(new OneHot(["cat", "dog"]).transform(["dog"])); // [Float32Array [0, 1]]
 * ```
 */
export function denseRows(rows: SparseRows): Float32Array[] {
  const { data, indices, indptr, shape } = checkSparseRows(rows, "rows");
  return Array.from({ length: shape[0] }, (_, i) => {
    const vector = new Float32Array(shape[1]);
    for (let at = indptr[i] as number; at < (indptr[i + 1] as number); at++) {
      vector[indices[at] as number] = data[at] as number;
    }
    return vector;
  });
}

/** Rows whose parts fit together. */
export function checkSparseRows(rows: unknown, name: string): SparseRows {
  const { data, indices, indptr, shape } = (rows ?? {}) as Partial<SparseRows>;
  if (!isA(data, "Float64Array") || !isA(indices, "Int32Array") || !isA(indptr, "Int32Array") || !isShape(shape)) {
    throw invalid(`${name} must be sparse rows with data, indices, indptr and shape, not ${typeName(rows)}`);
  }
  const begins = indptr.every((at, i) => (i === 0 ? at === 0 : at >= (indptr[i - 1] as number)));
  const complete = indptr.length === shape[0] + 1 && indptr.at(-1) === data.length && data.length === indices.length;
  if (!begins || !complete || !indices.every((column) => column >= 0 && column < shape[1])) {
    throw invalid(`the parts of ${name} do not fit together`);
  }
  return rows as SparseRows;
}

function isShape(shape: unknown): shape is [number, number] {
  return Array.isArray(shape) && shape.length === 2 && shape.every((size) => Number.isInteger(size) && size >= 0);
}
