// One search of a collection: two rankings made one, and what is left of that.
import type { FlatIndex } from "../flat_index.ts";
import type { EmbeddedVectors, ItemId } from "../index_vectors.ts";
import type { Background } from "../ranking/calibrate.ts";
import { diversify } from "../ranking/diversify.ts";
import { fuseRanks } from "../ranking/fuse_ranks.ts";
import { groupDuplicates } from "../ranking/group_duplicates.ts";
import type { Bm25 } from "../words/bm25.ts";
import type { CollectionHit, CollectionSearch } from "./collection_options.ts";
import type { Item } from "./items.ts";

/** What is searched. */
export interface Searched<T extends Item> {
  index: FlatIndex;
  words: Bm25;
  items: ReadonlyMap<ItemId, T>;
  /** Of the query; undefined in a search by words alone. */
  background: Background | undefined;
}

// How far down each ranking goes: so many, or so many times what is wanted.
const kLeastRanked = 100;
const kRankedPerHit = 4;

/** @param query the text's vector; undefined in a search by words alone */
export function rankItems<T extends Item>(
  searched: Searched<T>,
  text: string,
  query: EmbeddedVectors | undefined,
  { topK, by, where, diversity, duplicates, minConfidence }: CollectionSearch<T>,
): CollectionHit<T>[] {
  const { index, words, items, background } = searched;
  const item = (id: ItemId) => items.get(id) as T;
  const ranked = Math.min(Math.max(kLeastRanked, kRankedPerHit * topK), Math.max(items.size, 1));
  const options = { topK: ranked, ...(where && { filter: (id: ItemId) => where(item(id)) }) };
  const byWords = by === "meaning" ? [] : words.search(text, options);
  const byMeaning = query ? index.search(query, options) : [];
  const wordScores = scoresOf(byWords);
  const meanings = scoresOf(byMeaning);
  // What was found by words alone has a meaning as well.
  const missing = new Set(query ? byWords.map(({ id }) => id).filter((id) => !meanings.has(id)) : []);
  if (query && missing.size > 0) {
    const found = index.search(query, { topK: missing.size, filter: (id) => missing.has(id) });
    for (const { id, score } of found) meanings.set(id, score);
  }
  const ranking = by === "both" ? fuseRanks([byMeaning, byWords]) : by === "words" ? byWords : byMeaning;
  let hits = ranking.map(({ id, score }): CollectionHit<T> => {
    const meaning = meanings.get(id);
    const wordScore = wordScores.get(id);
    return {
      id,
      score,
      item: item(id),
      ...(meaning !== undefined && { meaning }),
      ...(wordScore !== undefined && { words: wordScore }),
      ...(meaning !== undefined && background && { confidence: background.confidence(meaning) }),
    };
  });
  if (minConfidence > 0) hits = hits.filter(({ confidence = 0 }) => confidence >= minConfidence);
  if (duplicates !== undefined) hits = groupDuplicates(hits, index, { threshold: duplicates });
  if (diversity === 0 || hits.length === 0) return hits.slice(0, topK);
  // Scores of other kinds are made as large as cosines.
  const best = by === "meaning" ? 1 : (hits[0] as CollectionHit<T>).score;
  const relevant = hits.map((hit) => ({ id: hit.id, score: hit.score / best, hit }));
  return diversify(relevant, index, { diversity, topK }).map(({ hit }) => hit);
}

function scoresOf(hits: readonly { id: ItemId; score: number }[]): Map<ItemId, number> {
  return new Map(hits.map(({ id, score }) => [id, score]));
}
