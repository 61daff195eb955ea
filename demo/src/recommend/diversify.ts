// Maximal marginal relevance: the next item is the one that is both relevant and unlike those already chosen.
import type { ItemVectors } from "../catalogue/item_vectors.ts";

/**
 * Reorders a ranked list; the best stays first, and nothing is lost.
 *
 * @param ranked best first
 * @param relevanceShare 1 keeps the order, 0 looks at variety alone
 */
export function diversify<T extends { index: number; score: number }>(
  ranked: readonly T[],
  vectors: ItemVectors,
  relevanceShare: number,
): T[] {
  const waiting = ranked.map((item) => ({ item, likeness: 0 })); // likeness: largest similarity to a chosen item
  const chosen: T[] = [];
  while (waiting.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const [position, { item, likeness }] of waiting.entries()) {
      const value = relevanceShare * item.score - (1 - relevanceShare) * likeness;
      if (value > bestValue) {
        best = position;
        bestValue = value;
      }
    }
    const [next] = waiting.splice(best, 1);
    if (!next) break;
    chosen.push(next.item);
    for (const other of waiting) {
      other.likeness = Math.max(other.likeness, vectors.similarity(next.item.index, other.item.index));
    }
  }
  return chosen;
}
