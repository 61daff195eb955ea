// Decides what the list shows: a search's finds while there is a query, the feed otherwise. It asks the worker, and draws nothing.
import type { EngineClient } from "./engine/engine_client.ts";
import type { Ranked, Ranking, SearchWay } from "./engine/protocol.ts";
import type { Interest } from "./map/regions.ts";
import type { ProfileStore } from "./profile/profile_store.ts";

/** How many recommendations are asked for at first: five screens of them. */
const FEED_LENGTH = 120;

export interface Listing {
  /** What it was made for. */
  query: string;
  section: string | undefined;
  /** Of a search: how it went, which is by words while there is no model. */
  way: SearchWay;
  /** Of a feed. */
  ranking: Ranking;
  entries: readonly Ranked[];
  /** Programs that the list could show, if it went on. */
  total: number;
  /** Of a feed: how many of the first 24 are there by meaning too. */
  asByMeaning?: number;
  milliseconds: number;
}

export class Lister {
  query = "";
  way: SearchWay = "both";
  section: string | undefined;
  ranking: Ranking = "meaning";
  /** 0 (only what is sure to fit) to 1 */
  exploration = 0;
  #length = FEED_LENGTH;
  readonly #engine: EngineClient;
  readonly #store: ProfileStore;

  constructor(engine: EngineClient, store: ProfileStore) {
    this.#engine = engine;
    this.#store = store;
  }

  /** The next feed goes on further: twice as far as the last one. */
  lengthen(): void {
    this.#length *= 2;
  }

  /** @returns undefined if the list was asked for anew meanwhile */
  async feed(): Promise<(Listing & { interests: Interest[] }) | undefined> {
    const { section, ranking, exploration } = this;
    const profile = this.#store.bytes();
    const answer = await this.#engine.ask("feed", { profile, ranking, exploration, section, count: this.#length });
    if (!answer) return undefined;
    const { ranked, ...rest } = answer;
    return { query: "", section, way: "both", ranking, entries: ranked, ...rest };
  }

  /** @returns undefined if another search was asked for meanwhile */
  async search(): Promise<Listing | undefined> {
    const { query, section, ranking } = this;
    const answer = await this.#engine.ask("search", { text: query, way: this.way, section });
    if (!answer) return undefined;
    const { items, way, milliseconds } = answer;
    return {
      query,
      section,
      way,
      ranking,
      entries: items.map((item) => ({ item })),
      total: items.length,
      milliseconds,
    };
  }

  /** The sentences that answer the present query, for a few items. */
  passages(items: number[]): Promise<ReadonlyMap<number, string>> {
    return this.#engine
      .ask("passages", { text: this.query, items })
      .then((passages = []) => new Map(passages.map(({ item, text }) => [item, text])));
  }
}
