// What the worker knows, and how each kind of question is answered from it.
import type { Model } from "kinvec";
import { Recommender } from "kinvec/recommend";
import type { Program } from "../catalogue/catalogue.ts";
import { loadModel } from "../search/load_model.ts";
import { explainItem, interestsOf, rankByMeaning } from "./by_meaning.ts";
import { rankByPopularity } from "./by_popularity.ts";
import { WordTaste } from "./by_words.ts";
import { passageByMeaning, passageByWords } from "./passages.ts";
import { judgedItems, readProfile } from "./profile_bytes.ts";
import type { Answer, Kind, ModelCard, Passage, Question, Questions, Ranked } from "./protocol.ts";
import { Searcher } from "./searcher.ts";
import { loadShelf, type Shelf, similarTo } from "./shelf.ts";
import { allWords, loadTexts, plainText, type Texts } from "./texts.ts";

const STARTERS = 12;
const STARTERS_SEED = 1;
const FIRST_SCREEN = 24;
const STARTERS_AMONG = 48; // the best known: a newcomer should recognise some of them

type Handlers = {
  [K in Kind]: (question: Questions[K]["question"]) => Questions[K]["answer"] | Promise<Questions[K]["answer"]>;
};

/** What comes from the texts, which follow after the first feed. */
interface Reading {
  texts: Texts;
  words: string[];
}

/** How many items the first screens of two feeds share. */
function inCommon(a: readonly Ranked[], b: readonly Ranked[]): number {
  const first = new Set(b.slice(0, FIRST_SCREEN).map(({ item }) => item));
  return a.slice(0, FIRST_SCREEN).filter(({ item }) => first.has(item)).length;
}

export class Engine {
  readonly #shelf: Shelf;
  readonly #recommender: Recommender;
  #searcher: Searcher;
  #wordTaste: WordTaste | undefined;
  #reading: Promise<Reading> | undefined;
  #model: Model | undefined;
  #modelWaiters: ((model: Model) => void)[] = [];

  private constructor(shelf: Shelf) {
    this.#shelf = shelf;
    const { programs, numberOf } = shelf;
    this.#recommender = new Recommender(shelf.index, { popularity: (id) => programs[numberOf(id)]?.prior ?? 0 });
    this.#searcher = new Searcher(programs);
  }

  static async open(programs: readonly Program[], dimensions: number): Promise<Engine> {
    return new Engine(await loadShelf(programs, dimensions));
  }

  /** A few well-known programs that have little in common, to ask a newcomer about. */
  starters(): number[] {
    const { numberOf } = this.#shelf;
    const filter = (id: unknown) => numberOf(id) < STARTERS_AMONG;
    return this.#recommender.starters(STARTERS, { seed: STARTERS_SEED, filter }).map(numberOf);
  }

  /** @throws Error (as a rejection) if it cannot be loaded; it may be tried again */
  async loadModel(url: string, onProgress: Parameters<typeof loadModel>[1]): Promise<ModelCard> {
    void this.#read().catch(() => {}); // whoever needs the texts reads again, and hears of a failure
    const model = await loadModel(url, onProgress);
    this.#model = model;
    for (const resolve of this.#modelWaiters.splice(0)) resolve(model);
    const { name, license, binary, weightBytes } = model.info();
    return { name, license, binary, megabytes: weightBytes / 1e6 };
  }

  async answer<K extends Kind>(kind: K, question: Question<K>): Promise<Answer<K>> {
    return (this.#handlers[kind] as Handlers[K])(question) as Answer<K>;
  }

  readonly #handlers: Handlers = {
    feed: async ({ profile: bytes, ranking, exploration, section, count }) => {
      const started = performance.now();
      const read = readProfile(bytes);
      const accepts = (item: number) => this.#isIn(item, section);
      const options = { exploration, count, accepts };
      const byMeaning = rankByMeaning(this.#recommender, this.#shelf, read, options);
      const ranked =
        ranking === "meaning"
          ? byMeaning
          : ranking === "words"
            ? (await this.#wordTasteOf(this.#read())).rank(read, accepts)
            : rankByPopularity(this.#shelf, read, accepts);
      const judged = judgedItems(read.profile);
      const unjudged = this.#shelf.programs.filter(({ id }, item) => !judged.has(id) && accepts(item)).length;
      return {
        ranked: ranked.slice(0, count),
        total: ranking === "meaning" ? unjudged : ranked.length,
        asByMeaning: inCommon(ranked, byMeaning),
        interests: interestsOf(this.#recommender, this.#shelf, read),
        milliseconds: performance.now() - started,
      };
    },

    search: async ({ text, way, section }) => {
      const started = performance.now();
      const query = way === "words" ? undefined : await this.#model?.embed(text, { role: "query" });
      const { index, numberOf, programs } = this.#shelf;
      const nearest = query && index.search(query, { topK: programs.length }).map(({ id }) => ({ id: numberOf(id) }));
      const items = this.#searcher.rank(text, way, nearest).filter((item) => this.#isIn(item, section));
      return { items, way: nearest ? way : "words", milliseconds: performance.now() - started };
    },

    passages: async ({ text, items }) => {
      const { texts } = await this.#read();
      const model = this.#model;
      const query = await model?.embed(text, { role: "query" });
      const passages: Passage[] = [];
      for (const item of items) {
        const description = plainText(texts.descriptions[item] ?? []);
        const passage =
          model && query ? await passageByMeaning(model, query, description) : passageByWords(text, description);
        if (passage) passages.push({ item, text: passage });
      }
      return passages;
    },

    explain: ({ profile, item, exploration }) =>
      explainItem(this.#recommender, this.#shelf, readProfile(profile), item, exploration),

    similar: ({ item, count }) => similarTo(this.#shelf, item, count),

    description: async ({ item }) => (await this.#read()).texts.descriptions[item] ?? [],

    embed: async ({ text }) => {
      const model = this.#model ?? (await new Promise<Model>((resolve) => this.#modelWaiters.push(resolve)));
      const { vectors, fingerprint } = await model.embed(text, { role: "query" });
      return { vector: vectors[0] as Float32Array, fingerprint: fingerprint ?? "" };
    },
  };

  #isIn(item: number, section: string | undefined): boolean {
    return section === undefined || this.#shelf.programs[item]?.sections.includes(section) === true;
  }

  /** Made when it is first asked for: most visits never compare. */
  async #wordTasteOf(reading: Promise<Reading>): Promise<WordTaste> {
    const { words } = await reading;
    this.#wordTaste ??= new WordTaste(
      this.#shelf.programs.map(({ id }) => id),
      words,
    );
    return this.#wordTaste;
  }

  /** The texts and what is made of them, once; after a failure the next call tries again. */
  #read(): Promise<Reading> {
    this.#reading ??= loadTexts().then((texts) => {
      const { programs } = this.#shelf;
      const words = programs.map((program, item) => allWords(program, texts.descriptions[item] ?? []));
      this.#searcher = new Searcher(programs, words);
      return { texts, words };
    });
    this.#reading.catch(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }
}
