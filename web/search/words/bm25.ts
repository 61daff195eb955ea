// Search by words: BM25 over an inverted index. It knows texts and ids, and nothing of vectors.
import { checkOptions, checkTexts, invalid, typeName } from "../../arguments.ts";
import { checkFunction, checkRange, checkTopK } from "../checks.ts";
import { checkIds, type ItemId } from "../index_vectors.ts";
import { Postings } from "./postings.ts";
import { termsOf } from "./split_words.ts";
import { TopK } from "./top_k.ts";

/** Options of a {@link Bm25}. */
export interface Bm25Options {
  /** How much it counts that a term occurs again, 0 (nothing) to 10; default 1.2. */
  k1?: number | undefined;
  /** How much long documents are held back, 0 (not at all) to 1; default 0.75. */
  b?: number | undefined;
  /** Turns documents and queries into terms, for a stemmer or stop words of your own; default: as `splitWords`. */
  analyze?: ((text: string) => readonly string[]) | undefined;
}

/** Options of {@link Bm25.search}. */
export interface Bm25SearchOptions {
  /** How many hits at most, at least 1; default 10. */
  topK?: number | undefined;
  /** Which items may be hits; default: all. */
  filter?: ((id: ItemId) => boolean) | undefined;
}

/** One result of {@link Bm25.search}. */
export interface WordHit {
  id: ItemId;
  /** The BM25 score, above 0: for comparing hits of one query, with no upper end. */
  score: number;
  /** Which terms of the query the document has, in the query's order. */
  terms: string[];
}

const kMostK1 = 10;
// Of documents that were removed, their postings stay until they are so large a part.
const kDeadShare = 1 / 4;

/**
 * Texts under ids of your own, found by their words. The score of a document d for a query is the sum over its terms t,
 * one that is repeated as often as it is, of
 *
 * ```text
 *   ln(1 + (N - n + 0.5) / (n + 0.5)) · f / (f + k1 · (1 - b + b · |d| / avg))
 * ```
 *
 * where t occurs f times in d and in n of the N documents, d has |d| terms, and a document has avg on average. This is BM25
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) as Lucene computes it, whose
 * weights are never negative.
 *
 * @example
 * ```js
 * import { Bm25 } from "kinvec/search";
 * const words = new Bm25();
 * words.add(["fox", "dog"], ["The quick brown fox", "The lazy dog sleeps"]);
 * words.search("a sleeping dog"); // [{ id: "dog", score: 0.32, terms: ["dog"] }]
 * ```
 */
export class Bm25 {
  readonly #k1: number;
  readonly #b: number;
  readonly #analyze: (text: string) => readonly string[];
  #postings = new Postings();
  #ids: (ItemId | undefined)[] = []; // by document; undefined: it was removed
  #lengths: number[] = []; // by document, in terms
  #documentOf = new Map<ItemId, number>();
  #totalLength = 0;

  /** @throws KinvecError INVALID_ARGUMENT. */
  constructor(options?: Bm25Options) {
    const { k1 = 1.2, b = 0.75, analyze = termsOf } = checkOptions(options);
    checkRange(k1, "options.k1", kMostK1);
    checkRange(b, "options.b");
    checkFunction(analyze, "options.analyze");
    this.#k1 = k1;
    this.#b = b;
    this.#analyze = analyze;
  }

  /** Number of documents. */
  get size(): number {
    return this.#documentOf.size;
  }

  /**
   * Adds one document, or many at once; none if any of them is refused.
   *
   * @throws KinvecError INVALID_ARGUMENT, also for an id that is already there (`at` is its index).
   *
   * @example
   * ```js
   * words.add("cat", "A cat is sleeping");
   * ```
   */
  add(id: ItemId, text: string): void;
  add(ids: readonly ItemId[], texts: readonly string[]): void;
  add(idOrIds: ItemId | readonly ItemId[], given: string | readonly string[]): void {
    this.#append(...this.#check(idOrIds, given, this.#documentOf));
  }

  /**
   * As `add`, but an id that is already there gets the new text, and counts as added last.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  upsert(id: ItemId, text: string): void;
  upsert(ids: readonly ItemId[], texts: readonly string[]): void;
  upsert(idOrIds: ItemId | readonly ItemId[], given: string | readonly string[]): void {
    const [ids, terms] = this.#check(idOrIds, given, new Set());
    this.remove(ids);
    this.#append(ids, terms);
  }

  /** Removes one document, or many at once, and answers how many were there. */
  remove(idOrIds: ItemId | readonly ItemId[]): number {
    const ids: readonly ItemId[] = Array.isArray(idOrIds) ? idOrIds : [idOrIds];
    const before = this.size;
    for (const id of ids) {
      const document = this.#documentOf.get(id);
      if (document === undefined) continue;
      this.#totalLength -= this.#lengths[document] as number;
      this.#ids[document] = undefined;
      this.#documentOf.delete(id);
    }
    if (this.#ids.length - this.size > kDeadShare * this.#ids.length) this.#compact();
    return before - this.size;
  }

  /** Whether there is a document of this id. */
  has(id: ItemId): boolean {
    return this.#documentOf.has(id);
  }

  /** Removes all documents. */
  clear(): void {
    this.#postings = new Postings();
    this.#ids = [];
    this.#lengths = [];
    this.#documentOf.clear();
    this.#totalLength = 0;
  }

  /**
   * The documents that have any term of the query, best first; equal scores in the order the documents were added.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * for (const { id, score, terms } of words.search("brown dog", { topK: 3 })) console.log(id, score, terms);
   * ```
   */
  search(query: string, options?: Bm25SearchOptions): WordHit[] {
    const { topK = 10, filter = () => true } = checkOptions(options);
    checkTopK(topK);
    checkFunction(filter, "options.filter");
    const terms = counted(this.#termsOf(query, "query"));
    const scores = this.#scores(terms);
    const kept = new TopK(Math.min(topK, this.size));
    for (let document = 0; document < scores.length; document++) {
      const score = scores[document] as number;
      // Asked last, since it may be slow.
      if (score > 0 && kept.takes(document, score) && filter(this.#ids[document] as ItemId)) kept.add(document, score);
    }
    const best = kept.best();
    const matched = this.#matched(
      best.map(({ row }) => row),
      terms.keys(),
    );
    return best.map(({ row, score }, i) => ({ id: this.#ids[row] as ItemId, score, terms: matched[i] as string[] }));
  }

  /** Of every document, those that were removed with 0. */
  #scores(terms: ReadonlyMap<string, number>): Float64Array {
    const scores = new Float64Array(this.#ids.length);
    const ids = this.#ids;
    const lengths = this.#lengths;
    const whole = ids.length === this.size;
    const average = this.#totalLength / this.size;
    const base = this.#k1 * (1 - this.#b);
    const perTerm = (this.#k1 * this.#b) / average;
    for (const [term, times] of terms) {
      const { documents, counts } = this.#postings.of(term);
      const n = whole ? documents.length : documents.filter((document) => ids[document] !== undefined).length;
      const weight = times * Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
      for (let i = 0; i < documents.length; i++) {
        const document = documents[i] as number;
        const f = counts[i] as number;
        if (!whole && ids[document] === undefined) continue;
        (scores[document] as number) += (weight * f) / (f + base + perTerm * (lengths[document] as number));
      }
    }
    return scores;
  }

  /** Which of the terms each of some documents has. */
  #matched(documents: readonly number[], terms: Iterable<string>): string[][] {
    const places = new Uint32Array(this.#ids.length); // from 1; 0: none of them
    for (const [i, document] of documents.entries()) places[document] = i + 1;
    const matched = documents.map((): string[] => []);
    for (const term of terms) {
      for (const document of this.#postings.of(term).documents) {
        const place = places[document] as number;
        if (place > 0) (matched[place - 1] as string[]).push(term);
      }
    }
    return matched;
  }

  #check(
    idOrIds: ItemId | readonly ItemId[],
    given: string | readonly string[],
    taken: Pick<Set<ItemId>, "has">,
  ): [ids: readonly ItemId[], terms: Map<string, number>[]] {
    const texts = checkTexts(given);
    const ids = checkIds(Array.isArray(idOrIds) ? idOrIds : [idOrIds], texts.length, taken, "texts");
    return [ids, texts.map((text, i) => counted(this.#termsOf(text, "texts", i)))];
  }

  #termsOf(text: string, name: string, at?: number): readonly string[] {
    if (typeof text !== "string") throw invalid(`${name} must be a string, not ${typeName(text)}`);
    const terms: unknown = this.#analyze(text);
    if (Array.isArray(terms) && terms.every((term) => typeof term === "string")) return terms;
    throw invalid(`options.analyze must answer an array of strings, not ${typeName(terms)}`, at);
  }

  #append(ids: readonly ItemId[], terms: readonly Map<string, number>[]): void {
    for (const [i, id] of ids.entries()) {
      const document = this.#ids.length;
      let length = 0;
      for (const [term, count] of terms[i] as Map<string, number>) {
        this.#postings.add(term, document, count);
        length += count;
      }
      this.#ids.push(id);
      this.#lengths.push(length);
      this.#documentOf.set(id, document);
      this.#totalLength += length;
    }
  }

  #compact(): void {
    const numbers: (number | undefined)[] = [];
    let kept = 0;
    for (const id of this.#ids) numbers.push(id === undefined ? undefined : kept++);
    this.#postings = this.#postings.renumbered((document) => numbers[document]);
    const stays = (_: unknown, document: number) => numbers[document] !== undefined;
    this.#lengths = this.#lengths.filter(stays);
    this.#ids = this.#ids.filter(stays);
    this.#documentOf = new Map(this.#ids.map((id, document) => [id as ItemId, document]));
  }
}

function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
