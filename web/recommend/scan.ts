// The scan of the whole catalogue for the items that are worth to be scored exactly.
import type { ItemId } from "../search/index_vectors.ts";
import { TopK } from "../search/top_k.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Vector } from "./vectors.ts";

/** What is looked for: an item scores its highest product with a probe, that with the words, and `fade` times its popularity. */
export interface Search {
  probes: readonly Vector[]; // [n_probes][dimensions]
  words?: { score(row: number): number } | undefined;
  fade: number;
}

/** The rows of about the best `count` items that are allowed, by scores that may come from smaller copies. */
export function bestRows(
  catalogue: Catalogue,
  { probes, words, fade }: Search,
  count: number,
  allowed: (id: ItemId) => boolean,
): number[] {
  const { ids, inverseLengths, popularity } = catalogue;
  const highest = catalogue.highestProducts(probes);
  const best = new TopK(count);
  for (let row = 0; row < ids.length; row++) {
    const ofVector = (highest[row] as number) * (inverseLengths[row] as number);
    const ofWords = words ? words.score(row) : 0;
    const score = ofVector + ofWords + fade * (popularity[row] as number);
    if (best.takes(row, score) && allowed(ids[row] as ItemId)) best.add(row, score);
  }
  return best.best().map(({ row }) => row);
}
