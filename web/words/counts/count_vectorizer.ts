// Bags of words: how often each term occurs in a text, and nothing of their order.
import { checkOptions, checkTexts, invalid } from "../../arguments.ts";
import { analyze } from "./analyze.ts";
import { type CountOptions, type CountSettings, checkCountOptions } from "./count_options.ts";
import { type CountsJson, countsJson, parseCounts } from "./counts_json.ts";
import { columnsOf } from "./one_hot.ts";
import { type SparseRows, sparseRows } from "./sparse_rows.ts";
import { TermCounts } from "./term_counts.ts";

/**
 * Texts as rows of counts, with a column for each term that the texts of `fit` have: what scikit-learn's class of this
 * name does, with the same values. Texts may be added and removed later; all is then as if it had been fitted on those
 * that are left.
 *
 * @example
 * ```js
 * import { CountVectorizer, denseRows } from "kinvec/words";
 * const counts = new CountVectorizer({ stopWords: ["the"] });
 * const rows = counts.fitTransform(["the cat and the dog", "a cat, a cat!"]);
 * counts.featureNames; // ["and", "cat", "dog"]
 * denseRows(rows); // [Float32Array [1, 1, 1], Float32Array [0, 2, 0]]
 * ```
 */
export class CountVectorizer {
  #settings: CountSettings;
  #counts = new TermCounts();
  #columns: ReadonlyMap<string, number> | undefined; // undefined: the counts have changed since they were looked at

  /** @throws KinvecError INVALID_ARGUMENT. */
  constructor(options?: CountOptions) {
    this.#settings = checkCountOptions(options);
  }

  /** Number of texts that the terms come from. */
  get textCount(): number {
    return this.#counts.texts;
  }

  /** The terms, in the order of their columns: by code points, or as the option `vocabulary` has them. */
  get featureNames(): string[] {
    return [...this.vocabulary.keys()];
  }

  /** The column of each term. */
  get vocabulary(): ReadonlyMap<string, number> {
    this.#columns ??= this.#settings.vocabulary ?? columnsOf(this.#counts.columns(this.#settings), "terms");
    return this.#columns;
  }

  /** In how many texts the term of each column occurs. */
  get documentFrequencies(): Uint32Array {
    return Uint32Array.from(this.vocabulary.keys(), (term) => this.#counts.of(term).texts);
  }

  /**
   * Learns the terms of these texts, and forgets all others.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  fit(texts: string | readonly string[]): this {
    this.#become(this.#count(texts));
    return this;
  }

  /**
   * Learns the terms of more texts; of all or, if one of them is refused, of none.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * counts.add("one more text");
   * ```
   */
  add(texts: string | readonly string[]): void {
    this.#counts.add(this.#count(texts));
    this.#columns = undefined;
  }

  /**
   * Takes texts out again, which must be given as they were added: they are counted, not kept.
   *
   * @throws KinvecError INVALID_ARGUMENT, also where it can be told that they were not all added; then nothing changes.
   *
   * @example
   * ```js
   * counts.remove("one more text");
   * ```
   */
  remove(texts: string | readonly string[]): void {
    const leaving = this.#count(texts);
    if (!this.#counts.mayHave(leaving)) throw invalid("these texts were not all added");
    this.#counts.remove(leaving);
    this.#columns = undefined;
  }

  /** Forgets all texts. */
  clear(): void {
    this.#become(new TermCounts());
  }

  /**
   * The counts of texts, a row each. What has no column is left out.
   *
   * @throws KinvecError INVALID_ARGUMENT, also before there are texts to learn terms from.
   */
  transform(texts: string | readonly string[]): SparseRows {
    const columns = this.vocabulary;
    if (this.textCount === 0 && !this.#settings.vocabulary) throw invalid("there are no terms yet: call fit first");
    return sparseRows(this.#rows(checkTexts(texts), columns), columns.size);
  }

  /**
   * As `fit` and then `transform` of the same texts.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  fitTransform(texts: string | readonly string[]): SparseRows {
    return this.fit(texts).transform(texts);
  }

  /**
   * All that was learned, for `JSON.stringify`. It has every term of the texts, also those that the limits leave out, so
   * that texts can be added and removed later.
   */
  toJSON(): CountsJson {
    return countsJson(this.#settings, this.#counts);
  }

  /**
   * A vectorizer from what `toJSON` answered, as an object or as text. If it had a `tokenizer` it needs the same again.
   *
   * @throws KinvecError MODEL_FORMAT, MODEL_VERSION, INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * const again = CountVectorizer.fromJSON(JSON.stringify(counts));
   * ```
   */
  static fromJSON(json: CountsJson | string, options?: Pick<CountOptions, "tokenizer">): CountVectorizer {
    const { tokenizer } = checkOptions(options);
    const { settings, counts } = parseCounts(json, tokenizer);
    const vectorizer = new CountVectorizer();
    vectorizer.#settings = settings;
    vectorizer.#counts = counts;
    return vectorizer;
  }

  #become(counts: TermCounts): void {
    this.#counts = counts;
    this.#columns = undefined;
  }

  /** Counts texts apart from the others, so that nothing has changed when one of them is refused. */
  #count(texts: string | readonly string[]): TermCounts {
    const counts = new TermCounts();
    for (const text of checkTexts(texts)) counts.addText(this.#termsOf(text, this.#settings.vocabulary));
    return counts;
  }

  *#rows(texts: readonly string[], columns: ReadonlyMap<string, number>): Generator<[column: number, count: number][]> {
    for (const text of texts) {
      const row = Array.from(this.#termsOf(text, columns), ([term, count]): [number, number] => [
        columns.get(term) as number,
        this.#settings.binary ? 1 : count,
      ]);
      yield row.sort(([a], [b]) => a - b);
    }
  }

  /** How often a text has each of its terms, or of those that are wanted. */
  #termsOf(text: string, wanted: ReadonlyMap<string, number> | undefined): Map<string, number> {
    const counts = new Map<string, number>();
    for (const term of analyze(text, this.#settings)) {
      if (wanted === undefined || wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    return counts;
  }
}
