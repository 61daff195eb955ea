// Items and vectors at the door of an index.

import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import type { EmbedResult } from "../types.ts";

/** The name of an item. Ids of both kinds may be mixed; `1` and `"1"` are different. */
export type ItemId = string | number;

/** A vector to index or search for. */
export type IndexVector = Float32Array | readonly number[];

/** What `embed` answers: its vectors, and what made them. */
export type EmbeddedVectors = Pick<EmbedResult, "vectors" | "fingerprint">;

export function isEmbedded(given: unknown): given is EmbeddedVectors {
  return typeof given === "object" && given !== null && "vectors" in given;
}

/** The only vector of a result. */
export function onlyVector({ vectors }: EmbeddedVectors): IndexVector {
  if (vectors?.length === 1) return vectors[0] as Float32Array;
  throw invalid(`the result must hold one vector here, not ${vectors?.length}`);
}

/** Refuses vectors of which it is known that they are of another model than `fingerprint`. */
export function checkSameModel(given: unknown, fingerprint: string | undefined): void {
  if (!isEmbedded(given) || !given.fingerprint || !fingerprint || given.fingerprint === fingerprint) return;
  throw new KinvecError("MODEL_MISMATCH", `the vector is of model ${given.fingerprint}, not of ${fingerprint}`);
}

// The engine's bound: beyond it products of two vectors could overflow.
const kMaxLength = 1e19;

/**
 * One vector of this length whose numbers are finite, and that is not too long for products.
 * @param wanted what it is that has this length, for the message
 */
export function checkVector(vector: unknown, dimensions: number, name: string, at?: number, wanted?: string): void {
  const squares = checkNumbers(vector, dimensions, name, at, wanted);
  if (!(squares < kMaxLength * kMaxLength)) throw invalid(`${name} is longer than 1e19`, at);
}

/**
 * So many numbers that are finite.
 * @returns the sum of their squares
 */
export function checkNumbers(
  vector: unknown,
  dimensions: number,
  name: string,
  at?: number,
  wanted = "the index has",
): number {
  if (!isA(vector, "Float32Array") && !Array.isArray(vector)) {
    throw invalid(`${name} must be a Float32Array or an array of numbers, not ${typeName(vector)}`, at);
  }
  if (vector.length !== dimensions) {
    const message = `${name} has ${vector.length} dimensions, ${wanted} ${dimensions}`;
    throw new KinvecError("DIMENSION_MISMATCH", message, { at });
  }
  let squares = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = vector[i];
    // Infinite and NaN scores could not be ordered.
    if (!Number.isFinite(value)) throw invalid(`${name}[${i}] is ${value}, not a finite number`, at);
    squares += value * value;
  }
  return squares;
}

/** Many vectors, as checkVector. */
export function checkVectors(vectors: unknown, dimensions: number): readonly IndexVector[] {
  if (!Array.isArray(vectors)) throw invalid(`vectors must be an array, not ${typeName(vectors)}`);
  for (const [i, vector] of vectors.entries()) checkVector(vector, dimensions, `vectors[${i}]`, i);
  return vectors;
}

/** Ids of this many items, none of which is known or given twice. */
export function checkIds(
  ids: readonly unknown[],
  count: number,
  known: Pick<Set<ItemId>, "has">,
  counted = "vectors",
): readonly ItemId[] {
  if (ids.length !== count) throw invalid(`there are ${ids.length} ids but ${count} ${counted}`);
  const fresh = new Set<ItemId>();
  for (const [i, id] of ids.entries()) {
    if (typeof id !== "string" && typeof id !== "number") {
      throw invalid(`ids[${i}] must be a string or number, not ${typeName(id)}`, i);
    }
    if (known.has(id) || fresh.has(id)) throw invalid(`ids[${i}] (${JSON.stringify(id)}) is already there`, i);
    fresh.add(id);
  }
  return ids as readonly ItemId[];
}
