// Rows that are mostly zeros: of each only the entries are kept, end to end (CSR, compressed sparse rows).
import { checkInteger, invalid, typeName } from "../../arguments.ts";
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

/** One row by itself. */
export interface SparseVector {
  /** Its values. */
  data: Float64Array; // [entries]
  /** The column of each value, ascending. */
  indices: Int32Array; // [entries]
  /** Number of columns. */
  dimensions: number;
}

/** Puts rows together, entry by entry. */
export class SparseBuilder {
  readonly #data: number[] = [];
  readonly #indices: number[] = [];
  readonly #indptr = [0];

  /** Adds to the row at hand a value in a column beyond those that it has. */
  add(column: number, value: number): void {
    this.#indices.push(column);
    this.#data.push(value);
  }

  /** Ends the row at hand. */
  endRow(): void {
    this.#indptr.push(this.#data.length);
  }

  /** All rows. */
  rows(columns: number): SparseRows {
    return {
      data: Float64Array.from(this.#data),
      indices: Int32Array.from(this.#indices),
      indptr: Int32Array.from(this.#indptr),
      shape: [this.#indptr.length - 1, columns],
    };
  }
}

/**
 * One row by itself, as views of the rows' data.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * const { data, indices } = sparseRow(tfidf.transform(texts), 0);
 * ```
 */
export function sparseRow(rows: SparseRows, row: number): SparseVector {
  const { data, indices, indptr, shape } = checkParts(rows, "rows");
  if (row === undefined) throw invalid("row is missing");
  checkInteger(row, "row", 0, shape[0] - 1);
  const [start, end] = [indptr[row], indptr[row + 1]];
  return { data: data.subarray(start, end), indices: indices.subarray(start, end), dimensions: shape[1] };
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
  const { data, indices, indptr, shape } = checkParts(rows, name);
  const begins = indptr.every((at, i) => (i === 0 ? at === 0 : at >= (indptr[i - 1] as number)));
  const complete = indptr.length === shape[0] + 1 && indptr.at(-1) === data.length && data.length === indices.length;
  if (!begins || !complete || !indices.every((column) => column >= 0 && column < shape[1])) {
    throw invalid(`the parts of ${name} do not fit together`);
  }
  return rows as SparseRows;
}

/** Rows whose parts are of the right kinds. */
function checkParts(rows: unknown, name: string): SparseRows {
  const { data, indices, indptr, shape } = (rows ?? {}) as Partial<SparseRows>;
  if (isA(data, "Float64Array") && isA(indices, "Int32Array") && isA(indptr, "Int32Array") && isShape(shape)) {
    return rows as SparseRows;
  }
  throw invalid(`${name} must be sparse rows with data, indices, indptr and shape, not ${typeName(rows)}`);
}

function isShape(shape: unknown): shape is [number, number] {
  return Array.isArray(shape) && shape.length === 2 && shape.every((size) => Number.isInteger(size) && size >= 0);
}
