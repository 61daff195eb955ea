// Cosine similarity of two vectors of any numeric kind.

import { typeName } from "./arguments.ts";
import { KinvecError } from "./errors.ts";
import { isA } from "./realms.ts";

/** A vector: a typed array or a plain array of numbers. */
export type Vector = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Int32Array | readonly number[];

/**
 * Cosine of the angle between two vectors, -1 to 1. It is 0 if either is all zeros, never NaN.
 * The vectors may be of different types, since the cosine does not depend on their scale.
 *
 * Scores are relative: two unrelated texts need not score 0, so compare scores with each other rather than
 * with a fixed threshold; `calibrate` of kinvec/search says what a score is worth.
 *
 * @throws KinvecError INVALID_ARGUMENT if one is no vector; DIMENSION_MISMATCH if their lengths differ.
 *
 * @example
 * ```js
 * import { similarity } from "kinvec";
 * similarity([1, 0], [1, 1]); // 0.7071
 * ```
 */
export function similarity(a: Vector, b: Vector): number {
  checkVector(a, "a");
  checkVector(b, "b");
  if (a.length !== b.length) {
    throw new KinvecError("DIMENSION_MISMATCH", `the vectors have ${a.length} and ${b.length} dimensions`);
  }
  let dot = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    dot += x * y;
    squaresOfA += x * x;
    squaresOfB += y * y;
  }
  return cosineOf(dot, squaresOfA, squaresOfB);
}

/** The cosine of two vectors from their product and the sums of their squares; 0 if either is all zeros. */
export function cosineOf(dot: number, squaresOfA: number, squaresOfB: number): number {
  const cosine = dot / (Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB));
  if (squaresOfA === 0 || squaresOfB === 0) return 0;
  // Rounding may step just over the ends.
  return Math.min(1, Math.max(-1, cosine));
}

function checkVector(vector: unknown, name: string): void {
  const numeric = ArrayBuffer.isView(vector) && !isA(vector, "DataView", "BigInt64Array", "BigUint64Array");
  if (!numeric && !(Array.isArray(vector) && vector.every((value) => typeof value === "number"))) {
    throw new KinvecError("INVALID_ARGUMENT", `${name} must be a vector of numbers, not ${typeName(vector)}`);
  }
}
