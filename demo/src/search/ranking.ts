// Puts search results in order: by meaning, helped by the name; by words alone while there is no model.
import type { MeaningHits } from "./search_client.ts";
import type { WordSearch } from "./word_search.ts";

// Cosines of good answers lie between 0.4 and 0.7, so a name typed in full stands before all of them.
const NAME_WEIGHT = 0.6;

export function rankByMeaning(hits: MeaningHits, query: string, words: WordSearch): number[] {
  const names = words.nameScores(query);
  return Array.from(hits.items, (index, i) => ({
    index,
    score: (hits.scores[i] as number) + NAME_WEIGHT * (names[index] as number),
  }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index }) => index);
}

/** Only programs that share a word with the query; equals in catalogue order. */
export function rankByWords(query: string, words: WordSearch): number[] {
  const scores = words.scores(query);
  return Array.from(scores.keys())
    .filter((index) => (scores[index] as number) > 0)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
