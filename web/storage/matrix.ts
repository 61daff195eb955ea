// Many vectors in one array, the form that files and other libraries have, and back.
import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { type EmbeddedVectors, type IndexVector, isEmbedded } from "../search/index_vectors.ts";

/** Vectors of one length, end to end: vector `i` is `data.subarray(i * columns, (i + 1) * columns)`. */
export interface Matrix {
  data: Float32Array;
  /** Number of vectors. */
  rows: number;
  /** Length of each. */
  columns: number;
}

/** What the functions here take for many vectors: a list, what `embed` answers, or a matrix. */
export type Vectors = readonly IndexVector[] | EmbeddedVectors | Matrix;

/**
 * Copies vectors of one length into one array.
 *
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH (`at` is the index of the vector).
 *
 * @example
 * ```js
 * const { data, rows, columns } = toMatrix(await model.embed(["one", "two"]));
 * ```
 */
export function toMatrix(vectors: Vectors): Matrix {
  const shape = checkShape(vectors);
  const data = new Float32Array(shape.rows * shape.columns);
  writeRows(vectors, data, shape.columns);
  return { data, ...shape };
}

/**
 * The rows of a matrix, as views of its data.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * index.add(ids, toVectors(fromNpy(bytes)));
 * ```
 */
export function toVectors(matrix: Matrix): Float32Array[] {
  const { rows, columns } = checkMatrix(matrix);
  return Array.from({ length: rows }, (_, i) => matrix.data.subarray(i * columns, (i + 1) * columns));
}

/** The shape that the vectors have as a matrix; none at all have no columns. */
export function checkShape(vectors: Vectors): Pick<Matrix, "rows" | "columns"> {
  if (isMatrix(vectors)) return checkMatrix(vectors);
  const list: unknown = isEmbedded(vectors) ? vectors.vectors : vectors;
  if (!Array.isArray(list)) throw invalid(`vectors must be an array, not ${typeName(list)}`);
  let columns: number | undefined;
  for (const [i, vector] of list.entries()) {
    checkNumbers(vector, `vectors[${i}]`, i);
    columns ??= vector.length;
    if (vector.length === columns) continue;
    const message = `vectors[${i}] has ${vector.length} dimensions, those before it have ${columns}`;
    throw new KinvecError("DIMENSION_MISMATCH", message, { at: i });
  }
  return { rows: list.length, columns: columns ?? 0 };
}

/** Writes vectors that checkShape has seen, end to end. */
export function writeRows(vectors: Vectors, target: Float32Array, columns: number): void {
  const list = isMatrix(vectors) ? [vectors.data] : isEmbedded(vectors) ? vectors.vectors : vectors;
  for (const [i, vector] of list.entries()) target.set(vector, i * columns);
}

/** A vector, whatever its numbers. */
export function checkNumbers(vector: unknown, name: string, at?: number): asserts vector is IndexVector {
  if (isA(vector, "Float32Array")) return;
  if (Array.isArray(vector) && vector.every((value) => typeof value === "number")) return;
  throw invalid(`${name} must be a Float32Array or an array of numbers, not ${typeName(vector)}`, at);
}

function isMatrix(given: unknown): given is Matrix {
  return typeof given === "object" && given !== null && "data" in given;
}

function checkMatrix({ data, rows, columns }: Matrix): Pick<Matrix, "rows" | "columns"> {
  if (!isA(data, "Float32Array")) throw invalid(`data must be a Float32Array, not ${typeName(data)}`);
  if (!(rows >= 0 && columns >= 0 && rows * columns === data.length)) {
    throw invalid(`data has ${data.length} numbers, not ${rows} x ${columns}`);
  }
  return { rows, columns };
}
