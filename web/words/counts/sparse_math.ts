// Products and neighbours of sparse rows.
import { checkOptions, invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { isA } from "../../realms.ts";
import { checkTopK } from "../../search/checks.ts";
import { TopK } from "../../search/top_k.ts";
import { cosineOf } from "../../similarity.ts";
import { checkSparseRows, type SparseRows, type SparseVector, sparseRow } from "./sparse_rows.ts";

/** Options of {@link nearestRows}. */
export interface NearestRowsOptions {
  /** How many rows at most for each query, at least 1; default 10. */
  topK?: number | undefined;
}

/** One result of {@link nearestRows}. */
export interface NearRow {
  row: number;
  /** The cosine; 0 for a row of zeros. */
  score: number;
}

/**
 * The product of two sparse vectors: the sum over the columns that both have.
 *
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * sparseDot(sparseRow(rows, 0), sparseRow(rows, 1));
 * ```
 */
export function sparseDot(a: SparseVector, b: SparseVector): number {
  checkSparseVectors(a, b);
  return product(a, b);
}

/**
 * Cosine of the angle between two sparse vectors, as `similarity` is of others: 0 if either is all zeros.
 *
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * sparseCosine(sparseRow(rows, 0), sparseRow(rows, 1)); // 0.31
 * ```
 */
export function sparseCosine(a: SparseVector, b: SparseVector): number {
  checkSparseVectors(a, b);
  return cosineOf(product(a, b), squares(a.data), squares(b.data));
}

/**
 * Of each query the rows with the largest cosine, best first; equal ones in their order.
 *
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * const rows = tfidf.fitTransform(texts);
 * const [hits] = nearestRows(tfidf.transform("a cat"), rows, { topK: 3 });
 * for (const { row, score } of hits) console.log(texts[row], score);
 * ```
 */
export function nearestRows(queries: SparseRows, rows: SparseRows, options?: NearestRowsOptions): NearRow[][] {
  const { topK = 10 } = checkOptions(options);
  checkTopK(topK);
  checkDimensions(checkSparseRows(queries, "queries").shape[1], checkSparseRows(rows, "rows").shape[1]);
  const found = vectorsOf(rows);
  const squaresOfRows = found.map(({ data }) => squares(data));
  const query = new Float64Array(rows.shape[1]); // one at a time with its zeros
  return vectorsOf(queries).map(({ data, indices }) => {
    for (const [i, column] of indices.entries()) query[column] = data[i] as number;
    const squaresOfQuery = squares(data);
    const kept = new TopK(topK);
    for (const [row, vector] of found.entries()) {
      const score = cosineOf(productWith(query, vector), squaresOfQuery, squaresOfRows[row] as number);
      if (kept.takes(row, score)) kept.add(row, score);
    }
    for (const column of indices) query[column] = 0;
    return kept.best();
  });
}

function vectorsOf(rows: SparseRows): SparseVector[] {
  return Array.from({ length: rows.shape[0] }, (_, i) => sparseRow(rows, i));
}

/** Walks both, which are ascending, at once. */
function product(a: SparseVector, b: SparseVector): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.indices.length && j < b.indices.length; ) {
    const difference = (a.indices[i] as number) - (b.indices[j] as number);
    if (difference === 0) sum += (a.data[i] as number) * (b.data[j] as number);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return sum;
}

function productWith(vector: Float64Array, { data, indices }: SparseVector): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] as number) * (vector[indices[i] as number] as number);
  return sum;
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function checkSparseVectors(a: SparseVector, b: SparseVector): void {
  for (const [name, given] of Object.entries({ a, b })) {
    const { data, indices, dimensions } = (given ?? {}) as Partial<SparseVector>;
    const isVector = isA(data, "Float64Array") && isA(indices, "Int32Array") && data.length === indices.length;
    if (!isVector || !Number.isInteger(dimensions)) {
      throw invalid(`${name} must be a sparse vector with data, indices and dimensions, not ${typeName(given)}`);
    }
  }
  checkDimensions(a.dimensions, b.dimensions);
}

function checkDimensions(ofA: number, ofB: number): void {
  if (ofA === ofB) return;
  throw new KinvecError("DIMENSION_MISMATCH", `the vectors have ${ofA} and ${ofB} dimensions`);
}
