// Search by meaning, by words, or by both: three rankings (meaning, words, names) merged by their ranks.
import { Bm25, type FlatIndex, fuseRanks } from "kinvec/search";
import type { Program } from "../catalogue/catalogue.ts";
import type { SearchWay } from "./protocol.ts";
import { queryWords, WordSearch } from "./word_search.ts";

type Ranking = readonly { id: number }[];

const NAME_WEIGHT = 2; // a name typed in full stands before what is only near in meaning

/** What a query is to the model. */
export type QueryVector = Parameters<FlatIndex["search"]>[0];

export class Searcher {
  readonly #names: WordSearch;
  readonly #words = new Bm25();

  /** @param texts all words of each program; without them, until they are there, only names, keywords and summaries count */
  constructor(programs: readonly Program[], texts: readonly string[] = []) {
    this.#names = new WordSearch(programs);
    if (texts.length > 0) this.#words.add([...texts.keys()], texts);
  }

  /**
   * All programs that a search finds, best first.
   *
   * @param nearest all programs by their meaning's nearness to the query; absent while there is no model
   */
  rank(query: string, way: SearchWay, nearest: Ranking | undefined): number[] {
    const names = ranked(this.#names.nameScores(query));
    if (way !== "words" && nearest) {
      if (way === "meaning") return nearest.map(({ id }) => id);
      return numbers(fuseRanks([nearest, this.#byText(query), names], { weights: [1, 1, NAME_WEIGHT] }));
    }
    // While a word is being typed, only its beginning can be looked for.
    const beginnings = ranked(this.#names.scores(query));
    return numbers(fuseRanks([this.#byText(query), beginnings, names], { weights: [1, 1, NAME_WEIGHT] }));
  }

  #byText(query: string): Ranking {
    if (this.#words.size === 0) return [];
    const words = queryWords(query).join(" ");
    return words ? (this.#words.search(words, { topK: this.#words.size }) as { id: number }[]) : [];
  }
}

const numbers = (hits: readonly { id: unknown }[]) => hits.map(({ id }) => id as number);

/** Items with a score above 0, best first, equals in catalogue order. */
function ranked(scores: Float32Array): Ranking {
  return Array.from(scores.keys())
    .filter((item) => (scores[item] as number) > 0)
    .toSorted((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .map((id) => ({ id }));
}
