// UMAP (McInnes, Healy and Melville, 2018): words that are alike are to lie near each other, however far the rest is. By umap-js, epoch
// by epoch, so that one can watch.
import { UMAP } from "umap-js";

const SETTINGS = { minDist: 0.25, spread: 1, nEpochs: 400 };
const NEIGHBOURS = 12;

/** mulberry32: the same words always give the same map. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fewer words have no neighbourhoods to speak of. */
export const LEAST_WORDS = 5;

/**
 * @param cosines [n, n]
 * @returns after each epoch [n, 2]
 */
export function* umapOf(cosines: Float32Array, n: number): Generator<Float64Array> {
  const nNeighbors = Math.min(NEIGHBOURS, n - 1);
  const cosine = (i: number, j: number) => cosines[i * n + j] as number;
  const nearest = Array.from({ length: n }, (_, i) => {
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    return [i, ...others.sort((a, b) => cosine(i, b) - cosine(i, a)).slice(0, nNeighbors - 1)];
  });
  const umap = new UMAP({ ...SETTINGS, nNeighbors, random: randomFrom(1) });
  umap.setPrecomputedKNN(
    nearest,
    nearest.map((row, i) => row.map((j) => (i === j ? 0 : Math.max(0, 1 - cosine(i, j))))),
  );
  const epochs = umap.initializeFit(Array.from({ length: n }, (_, i) => [i])); // it looks at the neighbours alone
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    yield Float64Array.from(umap.getEmbedding().flat());
  }
}
