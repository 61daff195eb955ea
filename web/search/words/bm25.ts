// Search by words: BM25 over an inverted index. It knows texts and ids, and nothing of vectors.
import { checkOptions, checkText, checkTexts, invalid, typeName } from "../../arguments.ts";
import { checkFunction, checkRange, checkTerms, checkTopK } from "../checks.ts";
import { checkIds, type ItemId } from "../index_vectors.ts";
import { TopK } from "../top_k.ts";
import { locate, type Span } from "./locate.ts";
import { Postings } from "./postings.ts";
import { termsOf } from "./split_words.ts";

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

export const MOST_K1 = 10;
const kRemoved = -1;
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
  // A document is numbered as it comes, and anew when its text is replaced; its place among the ids stays.
  #ids: (ItemId | undefined)[] = []; // by place; undefined: it was removed
  #placeOf = new Map<ItemId, number>();
  #documents: number[] = []; // by place
  #places: number[] = []; // by document; kRemoved: its text is there no more
  #lengths: number[] = []; // by document, in terms
  #totalLength = 0;
  #postings = new Postings();

  /** @throws KinvecError INVALID_ARGUMENT. */
  constructor(options?: Bm25Options) {
    const { k1 = 1.2, b = 0.75, analyze = termsOf } = checkOptions(options);
    checkRange(k1, "options.k1", MOST_K1);
    checkRange(b, "options.b");
    checkFunction(analyze, "options.analyze");
    this.#k1 = k1;
    this.#b = b;
    this.#analyze = analyze;
  }

  /** Number of documents. */
  get size(): number {
    return this.#placeOf.size;
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
    this.put(...this.#check(idOrIds, given, this.#placeOf));
  }

  /**
   * As `add`, but an id that is already there gets the new text, and keeps its place among equal scores.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  upsert(id: ItemId, text: string): void;
  upsert(ids: readonly ItemId[], texts: readonly string[]): void;
  upsert(idOrIds: ItemId | readonly ItemId[], given: string | readonly string[]): void {
    this.put(...this.#check(idOrIds, given, new Set()));
  }

  /** Removes one document, or many at once, and answers how many were there. */
  remove(idOrIds: ItemId | readonly ItemId[]): number {
    const ids: readonly ItemId[] = Array.isArray(idOrIds) ? idOrIds : [idOrIds];
    const before = this.size;
    for (const id of ids) {
      const place = this.#placeOf.get(id);
      if (place === undefined) continue;
      this.#forget(place);
      this.#ids[place] = undefined;
      this.#placeOf.delete(id);
    }
    this.#compactIfWorth();
    return before - this.size;
  }

  /** Whether there is a document of this id. */
  has(id: ItemId): boolean {
    return this.#placeOf.has(id);
  }

  /** Removes all documents. */
  clear(): void {
    this.#ids = [];
    this.#placeOf.clear();
    this.#documents = [];
    this.#places = [];
    this.#lengths = [];
    this.#totalLength = 0;
    this.#postings = new Postings();
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
      const place = this.#places[document] as number;
      // The filter is asked last, since it may be slow.
      if (score > 0 && kept.takes(place, score) && allows(filter, this.#ids[place] as ItemId)) kept.add(place, score);
    }
    const best = kept.best();
    const documents = best.map(({ row }) => this.#documents[row] as number);
    const matched = this.#matched(documents, terms.keys());
    return best.map(({ row, score }, i) => ({ id: this.#ids[row] as ItemId, score, terms: matched[i] as string[] }));
  }

  /**
   * Where the words of a query stand in a text, which need not be one of the documents; words that overlap, as those of
   * scripts without spaces do, as one.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * const text = "The lazy dog sleeps";
   * words.locate("a dog", text).map(({ start, end }) => text.slice(start, end)); // ["dog"]
   * ```
   */
  locate(query: string, text: string): Span[] {
    const terms = new Set(this.#termsOf(query, "query"));
    if (this.#analyze === termsOf) return locate(checkText(text), ({ term }) => terms.has(term));
    return locate(checkText(text), ({ start, end }) =>
      this.#analyze(text.slice(start, end)).some((term) => terms.has(term)),
    );
  }

  /** @internal The terms of texts, and how often each has them. Throws what the caller's `analyze` does. */
  analyzed(texts: readonly string[]): Map<string, number>[] {
    return texts.map((text, i) => counted(this.#termsOf(text, "texts", i)));
  }

  /** @internal As `upsert`, of checked ids and texts that were analyzed before. */
  put(ids: readonly ItemId[], terms: readonly Map<string, number>[]): void {
    for (const [i, id] of ids.entries()) {
      const known = this.#placeOf.get(id);
      if (known !== undefined) this.#forget(known);
      const place = known ?? this.#ids.length;
      this.#ids[place] = id;
      this.#placeOf.set(id, place);
      this.#append(place, terms[i] as Map<string, number>);
    }
    this.#compactIfWorth();
  }

  /** @internal What scores depend on besides the texts, and whether terms are the caller's. */
  get parameters(): { k1: number; b: number; ownTerms: boolean } {
    return { k1: this.#k1, b: this.#b, ownTerms: this.#analyze !== termsOf };
  }

  /** Of every document, those that were removed with 0. */
  #scores(terms: ReadonlyMap<string, number>): Float64Array {
    const places = this.#places;
    const lengths = this.#lengths;
    const scores = new Float64Array(places.length);
    const whole = places.length === this.size;
    const base = this.#k1 * (1 - this.#b);
    const perTerm = (this.#k1 * this.#b) / (this.#totalLength / this.size);
    for (const [term, times] of terms) {
      const { documents, counts } = this.#postings.of(term);
      const n = whole ? documents.length : documents.filter((document) => places[document] !== kRemoved).length;
      const weight = times * Math.log(1 + (this.size - n + 0.5) / (n + 0.5));
      for (let i = 0; i < documents.length; i++) {
        const document = documents[i] as number;
        const f = counts[i] as number;
        if (!whole && places[document] === kRemoved) continue;
        (scores[document] as number) += (weight * f) / (f + base + perTerm * (lengths[document] as number));
      }
    }
    return scores;
  }

  /** Which of the terms each of some documents has. */
  #matched(documents: readonly number[], terms: Iterable<string>): string[][] {
    const places = new Uint32Array(this.#places.length); // from 1; 0: none of them
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
    return [ids, this.analyzed(texts)];
  }

  #termsOf(text: string, name: string, at?: number): readonly string[] {
    if (typeof text !== "string") throw invalid(`${name} must be a string, not ${typeName(text)}`);
    return checkTerms(this.#analyze(text), "options.analyze", at);
  }

  #append(place: number, terms: ReadonlyMap<string, number>): void {
    const document = this.#places.length;
    let length = 0;
    for (const [term, count] of terms) {
      this.#postings.add(term, document, count);
      length += count;
    }
    this.#documents[place] = document;
    this.#places.push(place);
    this.#lengths.push(length);
    this.#totalLength += length;
  }

  /** Leaves out the text of a place; its postings stay for now. */
  #forget(place: number): void {
    const document = this.#documents[place] as number;
    this.#places[document] = kRemoved;
    this.#totalLength -= this.#lengths[document] as number;
  }

  #compactIfWorth(): void {
    if (this.#places.length - this.size <= kDeadShare * this.#places.length) return;
    const numbers: (number | undefined)[] = []; // by document, before
    let left = 0;
    for (const place of this.#places) numbers.push(place === kRemoved ? undefined : left++);
    this.#postings = this.#postings.renumbered((document) => numbers[document]);
    this.#lengths = this.#lengths.filter((_, document) => numbers[document] !== undefined);
    const documents = this.#documents.filter((_, place) => this.#ids[place] !== undefined);
    this.#documents = documents.map((document) => numbers[document] as number);
    this.#ids = this.#ids.filter((id) => id !== undefined);
    this.#placeOf = new Map(this.#ids.map((id, place) => [id as ItemId, place]));
    this.#places = Array.from(this.#lengths, () => 0);
    for (const [place, document] of this.#documents.entries()) this.#places[document] = place;
  }
}

function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function allows(filter: (id: ItemId) => boolean, id: ItemId): boolean {
  const answer: unknown = filter(id);
  // Not taken for true or false: a promise would always be true.
  if (typeof answer === "boolean") return answer;
  throw invalid(`options.filter must answer true or false, not ${typeName(answer)}`);
}
