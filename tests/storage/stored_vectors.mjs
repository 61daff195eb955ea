// Vectors that the tests put into databases.

import { knownVectors } from "../common/search_bits.mjs";

export const dimensions = 64;

/** Vectors of length 1 that look random and are the same each time. */
export function unitVectors(count, seed = 1) {
  return knownVectors(count, dimensions, seed).map((vector) => {
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

/** Floats of all magnitudes, zeros of both signs and the ends of the range, the same each time. */
export function oddFloats(count) {
  const bits = new Uint32Array(count);
  let state = 7;
  for (let i = 0; i < count; i++) {
    do {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      bits[i] = state ^ (state >>> 15);
    } while (((bits[i] >>> 23) & 0xff) === 0xff); // infinite, or not a number
  }
  bits.set([0, 0x80000000, 1, 0x007fffff, 0x00800000, 0x7f7fffff, 0xff7fffff, 0x4b800000, 0x3dcccccd]);
  return new Float32Array(bits.buffer);
}
