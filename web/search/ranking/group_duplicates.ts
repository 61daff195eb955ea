// Hits that say nearly the same, as one.
import { checkOptions } from "../../arguments.ts";
import { similarity } from "../../similarity.ts";
import { checkRange, type VectorSource, vectorsOf } from "../checks.ts";
import type { IndexVector, ItemId } from "../index_vectors.ts";

/** Options of `groupDuplicates`. */
export interface GroupOptions {
  /** The cosine from which on two items are duplicates, 0 to 1; default 0.95. */
  threshold?: number | undefined;
}

/**
 * Puts each hit that is nearly the same as an earlier one under that: the earliest whose vector has at least a cosine of
 * `threshold` with its own. The others keep their order.
 *
 * @param vectors where the hits' vectors are: an index, or a Map by id
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * const [first] = groupDuplicates(index.search(query, { topK: 20 }), index);
 * console.log(first.id, first.duplicates.length);
 * ```
 */
export function groupDuplicates<H extends { id: ItemId }>(
  hits: readonly H[],
  vectors: VectorSource,
  options?: GroupOptions,
): (H & { duplicates: H[] })[] {
  const { threshold = 0.95 } = checkOptions(options);
  checkRange(threshold, "options.threshold");
  const rows = vectorsOf(hits, vectors);
  const groups: { first: IndexVector; hit: H & { duplicates: H[] } }[] = [];
  for (const [i, hit] of hits.entries()) {
    const row = rows[i] as IndexVector;
    const group = groups.find(({ first }) => similarity(first, row) >= threshold);
    if (group) group.hit.duplicates.push(hit);
    else groups.push({ first: row, hit: { ...hit, duplicates: [] } });
  }
  return groups.map(({ hit }) => hit);
}
