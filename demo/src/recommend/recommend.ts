// Which items to show to one person, in which order, and why. Pure: the same taste gives the same list, and forgetting an event
// gives the list of a person who never had it.
import type { ItemVectors } from "../catalogue/item_vectors.ts";
import { diversify } from "./diversify.ts";

/** What a person said about items, oldest first. */
export interface Taste {
  likes: readonly number[];
  dislikes: readonly number[];
}

export interface Recommendation {
  index: number;
  score: number;
  /** The liked item that speaks most for this one; absent before the first like. */
  because?: number;
}

export interface RecommendOptions {
  /** How much a resemblance to something disliked weighs against an item; a like weighs 1. */
  dislikeWeight?: number;
  /** How much the catalogue's own order counts before anything is known. It fades as likes arrive. */
  priorWeight?: number;
  /** Weight of relevance against variety in the first part of the list, 0 to 1. */
  relevanceShare?: number;
  /** How long that first part is. */
  diversified?: number;
}

// Below this cosine two of these texts share no more than that both are about software.
const UNRELATED = 0.25;

/** The largest of several similarities to one item, and whose it is. */
function strongest(rows: Float32Array[], item: number): { value: number; row: number } {
  let best = { value: 0, row: -1 };
  for (const [row, similarities] of rows.entries()) {
    const value = similarities[item] as number;
    if (best.row < 0 || value > best.value) best = { value, row };
  }
  return best;
}

/**
 * Ranks all items that the person has not judged yet.
 *
 * An item is scored by the like it resembles most, not by the mean of all: somebody who likes chess and drum machines wants both,
 * and nothing half-way between. The first part of the list is then reordered for variety, so that each interest gets its turn.
 *
 * @param priors [vectors.count], 0 to 1
 */
export function recommend(
  vectors: ItemVectors,
  priors: ArrayLike<number>,
  taste: Taste,
  options: RecommendOptions = {},
): Recommendation[] {
  const { dislikeWeight = 0.6, priorWeight = 1, relevanceShare = 0.7, diversified = 96 } = options;
  const likes = taste.likes.map((index) => vectors.similaritiesTo(index));
  const dislikes = taste.dislikes.map((index) => vectors.similaritiesTo(index));
  const judged = new Set([...taste.likes, ...taste.dislikes]);
  const prior = priorWeight / (1 + 4 * likes.length);

  const ranked: Recommendation[] = [];
  for (let index = 0; index < vectors.count; index++) {
    if (judged.has(index)) continue;
    const wanted = strongest(likes, index);
    const unwanted = Math.max(0, strongest(dislikes, index).value - UNRELATED);
    const score = wanted.value + prior * (priors[index] as number) - dislikeWeight * unwanted;
    const because = taste.likes[wanted.row];
    ranked.push(because === undefined ? { index, score } : { index, score, because });
  }
  ranked.sort((a, b) => b.score - a.score || a.index - b.index);

  const head = diversify(ranked.slice(0, diversified), vectors, relevanceShare);
  return [...head, ...ranked.slice(diversified)];
}
