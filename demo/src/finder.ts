// Decides which programs to list and in which order: search results while there is a query, recommendations otherwise. No drawing.
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { ItemVectors } from "./catalogue/item_vectors.ts";
import type { Profile, Verdict } from "./profile/profile.ts";
import { recommend } from "./recommend/recommend.ts";
import { rankByMeaning, rankByWords } from "./search/ranking.ts";
import type { MeaningHits } from "./search/search_client.ts";
import { WordSearch } from "./search/word_search.ts";

export interface Listed {
  index: number;
  /** The liked program that this one is recommended for. */
  because?: number;
}

/** How the present list came about. */
export type ListKind = "meaning" | "words" | "recommended" | "starter";

export class Finder {
  query = "";
  section: string | undefined;
  /** Absent until they are loaded: then the catalogue's own order holds. */
  vectors: ItemVectors | undefined;
  readonly #catalogue: Catalogue;
  readonly #profile: Profile;
  #words: WordSearch | undefined; // made for the first query, so that the first list need not wait for it
  readonly #priors: Float32Array;
  readonly #indexOf: Map<string, number>;
  #hits: { query: string; hits: MeaningHits } | undefined;

  constructor(catalogue: Catalogue, profile: Profile) {
    this.#catalogue = catalogue;
    this.#profile = profile;
    this.#priors = Float32Array.from(catalogue.programs, ({ prior }) => prior);
    this.#indexOf = new Map(catalogue.programs.map(({ id }, index) => [id, index]));
  }

  indexOf(id: string): number | undefined {
    return this.#indexOf.get(id);
  }

  verdictOf(index: number): Verdict | undefined {
    const program = this.#catalogue.programs[index];
    return program && this.#profile.verdictOf(program.id);
  }

  /** Judged programs that the catalogue still has, oldest first. */
  judged(verdict: Verdict): number[] {
    return this.#profile.events
      .filter((event) => event.verdict === verdict)
      .map(({ id }) => this.#indexOf.get(id))
      .filter((index) => index !== undefined);
  }

  /** Takes the worker's answer to a query; it counts as long as that is the query. */
  setHits(query: string, hits: MeaningHits): void {
    this.#hits = { query, hits };
  }

  get kind(): ListKind {
    if (this.query) return this.#hits?.query === this.query ? "meaning" : "words";
    return this.vectors && this.judged("like").length > 0 ? "recommended" : "starter";
  }

  /** Everything that fits, best first. */
  list(): Listed[] {
    const { section } = this;
    const ranked = this.query ? this.#found() : this.#recommended();
    if (!section) return ranked;
    return ranked.filter(({ index }) => this.#catalogue.programs[index]?.sections.includes(section));
  }

  similarTo(index: number, count: number): number[] {
    return this.vectors?.nearest(index, count) ?? [];
  }

  #found(): Listed[] {
    this.#words ??= new WordSearch(this.#catalogue.programs);
    const ranked =
      this.#hits?.query === this.query
        ? rankByMeaning(this.#hits.hits, this.query, this.#words)
        : rankByWords(this.query, this.#words);
    return ranked.map((index) => ({ index }));
  }

  #recommended(): Listed[] {
    const taste = { likes: this.judged("like"), dislikes: this.judged("dislike") };
    if (this.vectors) return recommend(this.vectors, this.#priors, taste);
    const judged = new Set([...taste.likes, ...taste.dislikes]);
    return Array.from(this.#catalogue.programs.keys(), (index) => ({ index })).filter(
      ({ index }) => !judged.has(index),
    );
  }
}
