// The order of maximal marginal relevance: good ones first that are not all alike (Carbonell and Goldstein, "The Use of
// MMR, Diversity-Based Reranking", SIGIR 1998).

/**
 * Which of the scored to take, in order: each place goes to the one with the most of (1 - diversity) · score - diversity ·
 * its greatest cosine with those before it; of equals to the first. Fastest where the scores are given best first.
 *
 * @param cosine of two of them, by their places in `scores`
 */
export function marginalRelevance(
  scores: readonly number[],
  count: number,
  diversity: number,
  cosine: (a: number, b: number) => number,
): number[] {
  const values = scores.map((score) => (1 - diversity) * score);
  const nearest = scores.map(() => Number.NEGATIVE_INFINITY);
  const compared = new Uint32Array(scores.length); // with how many of the chosen
  const left = [...scores.keys()];
  const chosen: number[] = [];
  const compare = (i: number) => {
    if (diversity === 0) return;
    for (let k = compared[i] as number; k < chosen.length; k++) {
      nearest[i] = Math.max(nearest[i] as number, cosine(i, chosen[k] as number));
    }
    compared[i] = chosen.length;
    const unlike = chosen.length > 0 ? diversity * (nearest[i] as number) : 0;
    values[i] = (1 - diversity) * (scores[i] as number) - unlike;
  };
  while (chosen.length < count && left.length > 0) {
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    for (const [place, i] of left.entries()) {
      // Once compared with any, a value only sinks. One that was not high enough before needs no more comparisons
      // (Minoux' lazy greedy), which leaves few of them.
      const sinks = diversity === 0 || (compared[i] as number) > 0;
      if (best !== -1 && sinks && !((values[i] as number) > most)) continue;
      compare(i);
      if (best !== -1 && !((values[i] as number) > most)) continue;
      [best, most] = [place, values[i] as number];
    }
    chosen.push(...left.splice(best, 1));
  }
  return chosen;
}
