// Similarities of vectors in fewer bits, of a pair or of one and many.
import { checkInteger, checkOptions, invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { cosineOf } from "../similarity.ts";

/** Bits that stand eight to a byte, as `quantizeBinary` answers them. */
export type PackedBits = Uint8Array | Int8Array;

/** Options of `binarySimilarity`. */
export interface BinarySimilarityOptions {
  /** How many bits count, where the last byte was filled up; default: all, 8 times the bytes. */
  dimensions?: number | undefined;
}

/**
 * Cosine of vectors of bytes, -1 to 1: their product over their lengths. It is 0 if either is all zeros. What a scale they
 * had makes no difference; vectors that were quantised by ranges must have been so by the same.
 *
 * @param a [dimensions]
 * @param b [dimensions], or many of them [n][dimensions]
 * @returns a number, or one for each. [n]
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH (`at` is the vector).
 *
 * @example
 * ```js
 * int8Similarity(Int8Array.of(127, 0), Int8Array.of(100, 100)); // 0.7071
 * ```
 */
export function int8Similarity(a: Int8Array, b: Int8Array): number;
export function int8Similarity(a: Int8Array, b: readonly Int8Array[]): Float32Array;
export function int8Similarity(a: Int8Array, b: Int8Array | readonly Int8Array[]): number | Float32Array {
  checkCodes(a, "a", ["Int8Array"]);
  const squares = product(a, a);
  return ofEach(a, b, ["Int8Array"], (row) => cosineOf(product(a, row), squares, product(row, row)));
}

/**
 * Similarity of vectors of bits, -1 to 1: the share of equal bits less that of unequal ones, which is the cosine if bits are
 * read as 1 and -1. With the Hamming distance h that FAISS and usearch answer it is 1 - 2h / dimensions.
 *
 * @param a [ceil(dimensions / 8)]
 * @param b as long and of the same kind, or many of them
 * @returns a number, or one for each. [n]
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH (`at` is the vector).
 *
 * @example
 * ```js
 * binarySimilarity(Uint8Array.of(0b11110000), Uint8Array.of(0b11110011)); // 0.5
 * ```
 */
export function binarySimilarity(a: PackedBits, b: PackedBits, options?: BinarySimilarityOptions): number;
export function binarySimilarity(
  a: PackedBits,
  b: readonly PackedBits[],
  options?: BinarySimilarityOptions,
): Float32Array;
export function binarySimilarity(
  a: PackedBits,
  b: PackedBits | readonly PackedBits[],
  options?: BinarySimilarityOptions,
): number | Float32Array {
  checkCodes(a, "a", ["Uint8Array", "Int8Array"]);
  const { dimensions = 8 * a.length } = checkOptions(options);
  checkInteger(dimensions, "options.dimensions", 8 * a.length - 7, 8 * a.length);
  const kind = isA(a, "Uint8Array") ? "Uint8Array" : "Int8Array";
  return ofEach(a, b, [kind], (row) => 1 - (2 * unequalBits(a, row, dimensions)) / dimensions);
}

function ofEach<T extends PackedBits>(
  a: T,
  b: T | readonly T[],
  kinds: readonly CodeKind[],
  similarity: (row: T) => number,
): number | Float32Array {
  const isMany = Array.isArray(b);
  const rows: readonly T[] = isMany ? b : [b as T];
  for (const [i, row] of rows.entries()) {
    checkCodes(row, isMany ? `b[${i}]` : "b", kinds, isMany ? i : undefined);
    if (row.length === a.length) continue;
    const message = `the vectors have ${a.length} and ${row.length} bytes`;
    throw new KinvecError("DIMENSION_MISMATCH", message, isMany ? { at: i } : {});
  }
  return isMany ? Float32Array.from(rows, similarity) : similarity(b as T);
}

type CodeKind = "Int8Array" | "Uint8Array";

function checkCodes(codes: unknown, name: string, kinds: readonly CodeKind[], at?: number): void {
  if (!isA(codes, ...kinds)) throw invalid(`${name} must be of type ${kinds.join(" or ")}, not ${typeName(codes)}`, at);
  if (codes.length === 0) throw invalid(`${name} is empty`, at);
}

function product(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Of the first so many bits, which end in the last byte. */
function unequalBits(a: PackedBits, b: PackedBits, dimensions: number): number {
  const last = a.length - 1;
  const filled = 8 * a.length - dimensions;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    // Signed bytes are both 128 less, which leaves the same bits unequal.
    let pairs = ((a[i] as number) ^ (b[i] as number)) & (i === last ? 0xff << filled : 0xff) & 0xff;
    pairs -= (pairs >> 1) & 0x55;
    const fours = (pairs & 0x33) + ((pairs >> 2) & 0x33);
    count += (fours + (fours >> 4)) & 0x0f;
  }
  return count;
}
