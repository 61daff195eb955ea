// Several rankings as one. Only ranks count, so that scores of different kinds need not be made comparable.
import { checkOptions, invalid, typeName } from "../../arguments.ts";
import { checkRange, checkTopK } from "../checks.ts";
import type { ItemId } from "../index_vectors.ts";

/** Options of `fuseRanks`. */
export interface FuseOptions {
  /** How little the first ranks stand out from those behind them, 0 to 1e6; default 60, as in the paper. */
  k?: number | undefined;
  /** How much each ranking counts, 0 or more; default: 1 each. */
  weights?: readonly number[] | undefined;
  /** How many hits at most; default: all. */
  topK?: number | undefined;
}

/** One result of `fuseRanks`. */
export interface FusedHit {
  id: ItemId;
  /** Sum of weight / (k + rank) over the rankings that have the item. */
  score: number;
  /** The item's rank in each ranking, from 1; undefined where it is not in it. */
  ranks: (number | undefined)[];
}

/**
 * Merges rankings, best first, into one by reciprocal rank fusion (Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion
 * outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009). Equal scores come in the order of the items'
 * first appearance, the first ranking before the second.
 *
 * @throws KinvecError INVALID_ARGUMENT, also for an item that is twice in a ranking.
 *
 * @example
 * ```js
 * fuseRanks([[{ id: "a" }, { id: "b" }], [{ id: "b" }]])[0].id; // "b"
 * ```
 */
export function fuseRanks(rankings: readonly (readonly { id: ItemId }[])[], options?: FuseOptions): FusedHit[] {
  if (!Array.isArray(rankings)) throw invalid(`rankings must be an array, not ${typeName(rankings)}`);
  const { k = 60, weights = rankings.map(() => 1), topK } = checkOptions(options);
  checkRange(k, "options.k", 1e6);
  checkTopK(topK);
  if (!Array.isArray(weights) || weights.length !== rankings.length) {
    throw invalid(`options.weights must be an array of ${rankings.length} numbers, one for each ranking`);
  }
  const fused = new Map<ItemId, FusedHit>();
  for (const [i, ranking] of rankings.entries()) {
    checkRange(weights[i], `options.weights[${i}]`, Number.MAX_VALUE);
    for (const [before, { id }] of ranking.entries()) {
      const hit = fused.get(id) ?? { id, score: 0, ranks: rankings.map(() => undefined) };
      fused.set(id, hit);
      if (hit.ranks[i] !== undefined) throw invalid(`rankings[${i}] has ${JSON.stringify(id)} twice`, i);
      hit.ranks[i] = before + 1;
      hit.score += weights[i] / (k + before + 1);
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score).slice(0, topK);
}
