// Measures of ranked lists.

const discount = (place) => 1 / Math.log2(place + 2); // place 0 counts whole

/**
 * Normalised discounted cumulative gain of the first k, with the gains themselves as in trec_eval's ndcg_cut.
 * @param {number[]} gains of the list, in its order
 * @param {number[]} all gains there are, in any order
 */
export function ndcg(gains, all, k) {
  const dcg = (list) => list.slice(0, k).reduce((sum, gain, place) => sum + gain * discount(place), 0);
  const ideal = dcg(all.toSorted((a, b) => b - a));
  return ideal === 0 ? 0 : dcg(gains) / ideal;
}

/**
 * Mean hit rate and NDCG of a list over what may happen next, where one event is to be found: a hit at place p has the
 * NDCG 1 / log2(p + 2).
 * @param {Map<number, number>} chances of items to be next
 */
export function expectedOf(list, chances) {
  let [hit, gain] = [0, 0];
  for (const [place, item] of list.entries()) {
    const chance = chances.get(item) ?? 0;
    hit += chance;
    gain += chance * discount(place);
  }
  return { hit, ndcg: gain };
}

/** Mean similarity of the pairs of a list. @param {(a: number, b: number) => number} similarity */
export function intraListSimilarity(list, similarity) {
  let [sum, pairs] = [0, 0];
  for (const [place, a] of list.entries()) {
    for (const b of list.slice(place + 1)) {
      sum += similarity(a, b);
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** Share of the tastes that have an item in the list. @param {{ items: Uint32Array }[]} tastes */
export function tastesServed(list, tastes) {
  return tastes.filter(({ items }) => list.some((item) => items.includes(item))).length / tastes.length;
}

/** Share of all items that are in at least one of the lists. */
export function coverage(lists, size) {
  return new Set(lists.flat()).size / size;
}
