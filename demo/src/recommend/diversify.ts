// Maximal marginal relevance: the next item is the one that is relevant, unlike those already chosen, and whose interest has had
// fewer turns than others.
import type { ItemVectors } from "../catalogue/item_vectors.ts";

// What an interest's next item loses for each one it has already placed.
const COST_OF_A_TURN = 0.08;

/**
 * Reorders a ranked list; the best stays first, and nothing is lost.
 *
 * @param ranked best first; `because` names the interest an item serves
 * @param relevanceShare 1 keeps the order, 0 looks at variety alone
 */
export function diversify<T extends { index: number; score: number; because?: number }>(
  ranked: readonly T[],
  vectors: ItemVectors,
  relevanceShare: number,
): T[] {
  const waiting = ranked.map((item) => ({ item, likeness: 0 })); // likeness: largest similarity to a chosen item
  const turns = new Map<number, number>();
  const chosen: T[] = [];
  while (waiting.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const [position, { item, likeness }] of waiting.entries()) {
      const had = item.because === undefined ? 0 : (turns.get(item.because) ?? 0);
      const value = relevanceShare * item.score - (1 - relevanceShare) * (likeness + COST_OF_A_TURN * had);
      if (value > bestValue) {
        best = position;
        bestValue = value;
      }
    }
    const [next] = waiting.splice(best, 1);
    if (!next) break;
    chosen.push(next.item);
    if (next.item.because !== undefined) turns.set(next.item.because, (turns.get(next.item.because) ?? 0) + 1);
    for (const other of waiting) {
      other.likeness = Math.max(other.likeness, vectors.similarity(next.item.index, other.item.index));
    }
  }
  return chosen;
}
