// Random numbers for samples, the same everywhere for the same seed.
import { randomNumbers } from "../random.ts";

/**
 * Nearly normal numbers of mean 0 and variance 1: the sum of twelve uniform ones, less six. No logarithm or cosine is
 * taken, whose last bits differ between engines.
 */
export function normalNumbers(seed: number): () => number {
  const next = randomNumbers(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return sum;
  };
}

/** One seed of two, such that neighbours do not give related numbers. */
export function mixSeeds(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ b;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
