// Hits that are not all alike, from many that may be.
import { checkOptions, invalid, typeName } from "../../arguments.ts";
import { similarity } from "../../similarity.ts";
import { checkRange, checkTopK, type VectorSource, vectorsOf } from "../checks.ts";
import type { ItemId } from "../index_vectors.ts";

/** Options of `diversify`. */
export interface DiversifyOptions {
  /** How much difference counts against relevance, 0 (the order stays) to 1 (relevance counts for nothing); default 0.3. */
  diversity?: number | undefined;
  /** How many hits at most; default: all. */
  topK?: number | undefined;
}

/**
 * Orders hits by maximal marginal relevance (Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking", SIGIR
 * 1998): each place goes to the hit with the most of (1 - diversity) · score - diversity · its greatest cosine with those
 * before it; of equals to the first. Scores should be of the size of cosines, as those of an index are.
 *
 * @param vectors where the hits' vectors are: an index, or a Map by id
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * const wide = index.search(query, { topK: 50 });
 * const hits = diversify(wide, index, { topK: 10 });
 * ```
 */
export function diversify<H extends { id: ItemId; score: number }>(
  hits: readonly H[],
  vectors: VectorSource,
  options?: DiversifyOptions,
): H[] {
  const { diversity = 0.3, topK = hits.length } = checkOptions(options);
  checkRange(diversity, "options.diversity");
  checkTopK(options?.topK);
  const rows = vectorsOf(hits, vectors);
  const left = new Set(hits.keys());
  const nearest = hits.map(() => 0); // to any that was chosen; with none there is nothing to be like
  const chosen: H[] = [];
  while (chosen.length < topK && left.size > 0) {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const i of left) {
      const { score } = hits[i] as H;
      if (typeof score !== "number") throw invalid(`hits[${i}].score must be a number, not ${typeName(score)}`, i);
      const value = (1 - diversity) * score - diversity * (nearest[i] as number);
      if (best !== -1 && !(value > most)) continue;
      best = i;
      most = value;
    }
    left.delete(best);
    chosen.push(hits[best] as H);
    const row = rows[best] as (typeof rows)[number];
    for (const i of left) {
      const cosine = similarity(row, rows[i] as typeof row);
      nearest[i] = chosen.length === 1 ? cosine : Math.max(nearest[i] as number, cosine);
    }
  }
  return chosen;
}
