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
  /** How much closeness to something disliked weighs against an item; closeness to a like weighs 1. */
  dislikeWeight?: number;
  /** How much the catalogue's own order counts before anything is known, and after the first like. */
  priorWeight?: number;
  priorWeightAfterLikes?: number;
  /** Weight of relevance against variety in the first part of the list, 0 to 1. */
  relevanceShare?: number;
  /** How long that first part is. */
  diversified?: number;
}

// The nearest neighbours of a well-described item stand out by four to eight standard deviations: this maps them to about 1.
const DEVIATIONS_OF_A_NEIGHBOUR = 6;

// Closeness that a third of the catalogue reaches by chance is not held against an item.
const UNRELATED = 1 / 3;

/**
 * How close every item is to one, compared with how close the catalogue is to it on average: 0 for an average item, about 1 for a
 * near neighbour. Some texts are a little like everything and others like nothing; on this scale their neighbours count the same.
 */
export function closeness(vectors: ItemVectors, to: number): Float32Array {
  const similarities = vectors.similaritiesTo(to);
  let sum = 0;
  let squares = 0;
  for (const value of similarities) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / vectors.count;
  const deviation = Math.sqrt(Math.max(0, squares / vectors.count - mean * mean));
  if (deviation === 0) return new Float32Array(vectors.count);
  return similarities.map((value) => (value - mean) / deviation / DEVIATIONS_OF_A_NEIGHBOUR);
}

/** The largest of several closenesses to one item, and whose it is. */
function strongest(rows: readonly Float32Array[], item: number): { value: number; row: number } {
  const best = { value: 0, row: -1 };
  for (const [row, values] of rows.entries()) {
    const value = values[item] as number;
    if (best.row < 0 || value > best.value) {
      best.value = value;
      best.row = row;
    }
  }
  return best;
}

/**
 * Ranks all items that the person has not judged yet.
 *
 * An item is scored by the like it is closest to, not by the mean of all: somebody who likes chess and drum machines wants both, and
 * nothing half-way between. The first part of the list is then reordered for variety, so that each interest gets its turn.
 *
 * @param priors [vectors.count], 0 to 1
 */
export function recommend(
  vectors: ItemVectors,
  priors: ArrayLike<number>,
  taste: Taste,
  options: RecommendOptions = {},
): Recommendation[] {
  const {
    dislikeWeight = 0.7,
    priorWeight = 1,
    priorWeightAfterLikes = 0.1,
    relevanceShare = 0.75,
    diversified = 96,
  } = options;
  const likes = taste.likes.map((index) => closeness(vectors, index));
  const dislikes = taste.dislikes.map((index) => closeness(vectors, index));
  const judged = new Set([...taste.likes, ...taste.dislikes]);
  const prior = likes.length === 0 ? priorWeight : priorWeightAfterLikes;

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
