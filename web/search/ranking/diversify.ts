// Hits that are not all alike, from many that may be.
import { checkOptions, invalid, typeName } from "../../arguments.ts";
import { similarity } from "../../similarity.ts";
import { checkRange, checkTopK, type VectorSource, vectorsOf } from "../checks.ts";
import type { ItemId } from "../index_vectors.ts";
import { marginalRelevance } from "./marginal_relevance.ts";

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
  const scores = hits.map(({ score }, i) => {
    if (typeof score !== "number") throw invalid(`hits[${i}].score must be a number, not ${typeName(score)}`, i);
    return score;
  });
  const cosine = (a: number, b: number) => similarity(rows[a] as Row, rows[b] as Row);
  return marginalRelevance(scores, topK, diversity, cosine).map((i) => hits[i] as H);
}

type Row = ReturnType<typeof vectorsOf>[number];
