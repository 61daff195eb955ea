// Vectors as sqlite-vec takes them: blobs for columns float[n], int8[n] and bit[n] of a vec0 table, and for the
// functions vec_f32, vec_int8 and vec_bit.
import { invalid, typeName } from "../arguments.ts";
import { decodeF32 } from "../convert/floats.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import type { IndexVector } from "../search/index_vectors.ts";
import { checkNumbers } from "./matrix.ts";

/**
 * A blob for a column `float[n]`: the numbers, little-endian.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * database.prepare("insert into items(rowid, vector) values (?, ?)").run(1n, toSqliteFloat(vectors[0]));
 * ```
 */
export function toSqliteFloat(vector: IndexVector): Uint8Array<ArrayBuffer> {
  checkNumbers(vector, "vector");
  return new Uint8Array(Float32Array.from(vector).buffer);
}

/**
 * The vector of a blob that a column `float[n]` answers.
 *
 * @throws KinvecError INVALID_ARGUMENT for what is no blob, MODEL_FORMAT for a number of bytes that is none of floats.
 */
export function fromSqliteFloat(blob: Uint8Array): Float32Array {
  if (!isA(blob, "Uint8Array")) throw invalid(`blob must be a Uint8Array, not ${typeName(blob)}`);
  if (blob.byteLength % 4 !== 0) {
    throw new KinvecError("MODEL_FORMAT", `a blob of ${blob.byteLength} bytes holds no whole number of floats`);
  }
  return decodeF32(blob);
}

// As the extension has it: the range from -1 to 1 in 255 steps, the step itself a float.
const kStep = Math.fround(2 / 255);

/**
 * A blob for a column `int8[n]` (insert it by `vec_int8(?)`): what `vec_quantize_int8(vector, 'unit')` makes of the
 * vector, whose numbers must be from -1 to 1, as those of a vector of length 1 are.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 */
export function toSqliteInt8(vector: IndexVector): Uint8Array<ArrayBuffer> {
  checkNumbers(vector, "vector");
  const codes = Int8Array.from(vector, (value, i) => {
    if (!(value >= -1 && value <= 1)) throw invalid(`vector[${i}] is ${value}, not from -1 to 1`);
    return Math.trunc((Math.fround(value) + 1) / kStep - 128);
  });
  return new Uint8Array(codes.buffer);
}

/**
 * A blob for a column `bit[n]` (insert it by `vec_bit(?)`): what `vec_quantize_binary(vector)` makes of the vector, one
 * bit per number, set where it is positive, the lowest bit first. The length must be a multiple of 8.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 */
export function toSqliteBit(vector: IndexVector): Uint8Array<ArrayBuffer> {
  checkNumbers(vector, "vector");
  if (vector.length % 8 !== 0) throw invalid(`vector has ${vector.length} numbers, not a multiple of 8`);
  const bits = new Uint8Array(vector.length / 8);
  for (const [i, value] of vector.entries()) {
    if (value > 0) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  }
  return bits;
}
