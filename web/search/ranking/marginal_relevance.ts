// The order of maximal marginal relevance: good ones first that are not all alike (Carbonell and Goldstein, "The Use of
// MMR, Diversity-Based Reranking", SIGIR 1998).

/**
 * Which of the scored to take, in order: each place goes to the one with the most of (1 - diversity) · score - diversity ·
 * its greatest cosine with those before it; of equals to the first.
 *
 * @param cosine of two of them, by their places in `scores`
 */
export function marginalRelevance(
  scores: readonly number[],
  count: number,
  diversity: number,
  cosine: (a: number, b: number) => number,
): number[] {
  const values = Float64Array.from(scores, (score) => (1 - diversity) * score);
  const nearest = new Float64Array(scores.length).fill(Number.NEGATIVE_INFINITY);
  const compared = new Uint32Array(scores.length); // with how many of the chosen
  const left = new Set(scores.keys());
  const chosen: number[] = [];
  const compare = (i: number) => {
    for (let k = compared[i] as number; k < chosen.length; k++) {
      nearest[i] = Math.max(nearest[i] as number, cosine(i, chosen[k] as number));
    }
    compared[i] = chosen.length;
    values[i] = (1 - diversity) * (scores[i] as number) - diversity * (nearest[i] as number);
  };
  const highest = () => {
    let best = -1;
    for (const i of left) if (best === -1 || (values[i] as number) > (values[best] as number)) best = i;
    return best;
  };
  while (chosen.length < count && left.size > 0) {
    let best = highest();
    // From the first comparison on, a value only sinks with more of them. The highest one is the best if it is compared
    // with all; most of the others need not be (Minoux' lazy greedy).
    for (; diversity > 0 && (compared[best] as number) < chosen.length; best = highest()) compare(best);
    left.delete(best);
    chosen.push(best);
    if (diversity > 0 && chosen.length === 1) for (const i of left) compare(i);
  }
  return chosen;
}
