// Vectors in fewer bits: int8 and one bit per dimension, byte for byte as quantize_embeddings of sentence-transformers 6 has them.
import { checkBoolean, checkOptions, invalid } from "../arguments.ts";
import { checkNumbers, type IndexVector } from "../search/index_vectors.ts";
import { checkRows, type Vectors } from "./rows.ts";

/** The least and largest value in each dimension. */
export interface Int8Ranges {
  min: IndexVector; // [dimensions]
  max: IndexVector; // [dimensions]
}

/** Options of `quantizeInt8`. */
export interface QuantizeInt8Options {
  /** What `int8Ranges` found in vectors of the kind: all are then divided alike. Default: each vector by its largest value. */
  ranges?: Int8Ranges | undefined;
}

/** Options of `quantizeBinary`. */
export interface QuantizeBinaryOptions {
  /** Whether bytes are signed, 128 less, as sentence-transformers' `binary` has them; default false, its `ubinary`. */
  signed?: boolean | undefined;
}

const kLargestCode = 127;
const kSteps = 255;

/**
 * The least and largest value in each dimension, for `quantizeInt8`: of some thousand vectors such as will be quantised.
 *
 * @param vectors at least two [n][dimensions], or what `embed` answered
 * @throws KinvecError INVALID_ARGUMENT (`at` is the vector), DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * const ranges = int8Ranges(await model.embed(texts));
 * ```
 */
export function int8Ranges(vectors: Vectors): { min: Float32Array; max: Float32Array } {
  const rows = checkRows(vectors);
  if (rows.length < 2) throw invalid(`ranges need at least two vectors, not ${rows.length}`);
  const min = Float32Array.from(rows[0] as IndexVector);
  const max = min.slice();
  for (const row of rows) {
    for (let i = 0; i < min.length; i++) {
      const value = row[i] as number;
      if (value < (min[i] as number)) min[i] = value;
      if (value > (max[i] as number)) max[i] = value;
    }
  }
  return { min, max };
}

/**
 * Vectors as signed bytes, a quarter of the size.
 *
 * Without `ranges` a vector's codes are its values times 127 over the largest of them, rounded: as an index of `precision:
 * "int8"` has its copies. They point where the vector does to a few thousandths of the cosine.
 *
 * With `ranges` each dimension's range is cut into 255 steps and a code says in which step a value lies, -128 the lowest:
 * `quantize_embeddings(…, "int8", ranges)` of sentence-transformers 6, byte for byte (5 rounds otherwise). Values outside
 * of it get the code of its end. Vectors must all have been quantised by the same ranges to be compared.
 *
 * @param vectors [n][dimensions], or what `embed` answered
 * @returns [n][dimensions]
 * @throws KinvecError INVALID_ARGUMENT (`at` is the vector), DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * import { int8Similarity, quantizeInt8 } from "kinvec/vectors";
 * const [query, ...rows] = quantizeInt8(await model.embed(texts));
 * const scores = int8Similarity(query, rows);
 * ```
 */
export function quantizeInt8(vectors: Vectors, options?: QuantizeInt8Options): Int8Array<ArrayBuffer>[] {
  const { ranges } = checkOptions(options);
  if (ranges === undefined) return checkRows(vectors).map(byLargest);
  const { min, max } = checkRanges(ranges);
  const rows = checkRows(vectors, min.length, "the ranges have");
  // In 32 bits, as the reference computes.
  const steps = Float32Array.from(
    min,
    (start, i) => Math.fround(Math.fround((max[i] as number) - start) / kSteps) || 1,
  );
  return rows.map((row) =>
    Int8Array.from(row, (value, i) => {
      const distance = Math.fround(Math.fround(value) - (min[i] as number));
      const step = Math.floor(Math.fround(distance / (steps[i] as number)));
      return Math.min(kSteps, Math.max(0, step)) - 128;
    }),
  );
}

/**
 * Vectors as bits, a thirty-second of the size: 1 where a value is above 0. The first dimension is the highest bit of the
 * first byte, as `numpy.packbits` has it, and the last byte is filled with zeros: sentence-transformers'
 * `quantize_embeddings(…, "ubinary")`, or with `signed` its `"binary"`, byte for byte.
 *
 * Bits tell of a vector only on which side of zero it lies in each dimension, and all count alike: so take vectors as a model
 * gives them rather than those of a PCA, whose last dimensions hold little.
 *
 * @param vectors [n][dimensions], or what `embed` answered
 * @returns [n][ceil(dimensions / 8)]
 * @throws KinvecError INVALID_ARGUMENT (`at` is the vector), DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * import { binarySimilarity, quantizeBinary } from "kinvec/vectors";
 * const [query, ...rows] = quantizeBinary(await model.embed(texts));
 * const scores = binarySimilarity(query, rows);
 * ```
 */
export function quantizeBinary(vectors: Vectors, options: { signed: true }): Int8Array<ArrayBuffer>[];
export function quantizeBinary(vectors: Vectors, options?: { signed?: false | undefined }): Uint8Array<ArrayBuffer>[];
export function quantizeBinary(
  vectors: Vectors,
  options?: QuantizeBinaryOptions,
): Uint8Array<ArrayBuffer>[] | Int8Array<ArrayBuffer>[] {
  const { signed = false } = checkOptions(options);
  checkBoolean(signed, "options.signed");
  const packed = checkRows(vectors).map(signs);
  return signed ? packed.map((bytes) => Int8Array.from(bytes, (byte) => byte - 128)) : packed;
}

function byLargest(row: IndexVector): Int8Array<ArrayBuffer> {
  let largest = 0;
  for (let i = 0; i < row.length; i++) largest = Math.max(largest, Math.abs(row[i] as number));
  return Int8Array.from(row, (value) => (largest > 0 ? Math.round((value / largest) * kLargestCode) : 0));
}

function signs(row: IndexVector): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil(row.length / 8));
  for (let i = 0; i < row.length; i++) {
    if ((row[i] as number) > 0) bytes[i >> 3] = (bytes[i >> 3] as number) | (0x80 >> (i & 7));
  }
  return bytes;
}

function checkRanges(ranges: Int8Ranges): { min: Float32Array; max: Float32Array } {
  const { min, max } = checkOptions(ranges, "options.ranges");
  if (min?.length === 0) throw invalid("options.ranges.min is empty");
  // Longer than a vector may be: each of their numbers may be from another one.
  checkNumbers(min, min?.length, "options.ranges.min");
  checkNumbers(max, min.length, "options.ranges.max", undefined, "options.ranges.min has");
  for (let i = 0; i < min.length; i++) {
    const [least, most] = [min[i] as number, max[i] as number];
    if (least > most) throw invalid(`options.ranges.min[${i}] is ${least}, more than the ${most} of max`, i);
    if (!Number.isFinite(Math.fround(Math.fround(most) - Math.fround(least)))) {
      throw invalid(`options.ranges go from ${least} to ${most} in dimension ${i}, more than 32 bits hold`, i);
    }
  }
  return { min: Float32Array.from(min), max: Float32Array.from(max) };
}
