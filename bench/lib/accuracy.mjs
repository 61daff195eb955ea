// How close an engine's vectors are to the PyTorch reference, over the golden sentences, one text at a time.

import { agreement, goldenJson, goldenValues, rowsOf } from "../../tests/js/goldens.mjs";

const neighbours = 10;

/**
 * @returns {Promise<{ mean: number, min: number, overlap: number }>} cosines over the 400 sentences, and the mean share of
 *   each sentence's ten nearest others that are the reference's
 */
export async function accuracy(engine, sentences) {
  const { dimensions } = goldenJson("minilm/minilm.json");
  const expected = rowsOf(goldenValues("minilm/vectors.f16"), dimensions);
  const vectors = (await engine.embedAll(sentences)).map((vector) => Float32Array.from(vector));
  const { mean, min } = agreement(vectors, expected);
  return { mean, min, overlap: meanOverlap(nearest(vectors), nearest(expected)) };
}

/** Of each vector, the indices of the ten others with the largest dot products. All are of length 1. */
function nearest(vectors) {
  return vectors.map((vector, own) => {
    const scores = vectors.map((other) => vector.reduce((sum, value, i) => sum + value * other[i], 0));
    scores[own] = Number.NEGATIVE_INFINITY;
    const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
    return new Set(order.slice(0, neighbours));
  });
}

function meanOverlap(lists, expected) {
  const shared = lists.flatMap((list, i) => [...list].filter((index) => expected[i].has(index)));
  return shared.length / lists.length / neighbours;
}
