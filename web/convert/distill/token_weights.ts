// Weights of tokens by how common they are: smooth inverse frequency (Arora, Liang and Ma, 2017).

/** a / (a + p), with p the share of a token in all; a token not seen counts as seen once. `a` 0: all 1. */
export function sifWeights(counts: Float64Array, a: number): Float64Array {
  if (a === 0) return counts.map(() => 1);
  const total = counts.reduce((sum, count) => sum + Math.max(count, 1), 0);
  return counts.map((count) => a / (a + Math.max(count, 1) / total));
}

/**
 * Frequencies by Zipf's law, for vocabularies that are in order of frequency: of rank r, 1 / (r + 2) as in Model2Vec,
 * scaled so that the last counts 1.
 */
export function zipfCounts(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, rank) => (size + 1) / (rank + 2));
}
