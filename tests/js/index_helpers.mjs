// Vectors and indexes for tests of kinvec/search.

import { createIndex } from "kinvec/search";
import { knownVectors } from "../common/search_bits.mjs";
import { binaryOption } from "./helpers.mjs";

export const precisions = ["f32", "int8", "binary"];

/** Vectors of length 1 that look random and are the same each time. */
export function unitVectors(count, dimensions, seed = 1) {
  return knownVectors(count, dimensions, seed).map((vector) => {
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

/** An index of these vectors, whose ids are their places. */
export async function indexOf(items, options) {
  const index = await createIndex({ dimensions: items[0].length, ...binaryOption, ...options });
  index.add([...items.keys()], items);
  return index;
}
