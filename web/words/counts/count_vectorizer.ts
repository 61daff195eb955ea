// Bags of words: how often each term occurs in a text, and nothing of their order.
import { checkOptions, checkTexts, invalid } from "../../arguments.ts";
import { type CountOptions, type CountSettings, checkCountOptions } from "./count_options.ts";
import { type CountedTexts, countAll, countKnown, withColumns } from "./count_terms.ts";
import { type CountsJson, countsJson, parseCounts } from "./counts_json.ts";
import type { SparseRows } from "./sparse_rows.ts";
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
    this.#columns ??=
      this.#settings.vocabulary ?? new Map(this.#counts.columns(this.#settings).map((term, i) => [term, i]));
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
    this.#become(TermCounts.of(this.#count(texts)));
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
    this.#counts.add(TermCounts.of(this.#count(texts)));
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
    const leaving = TermCounts.of(this.#count(texts));
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
    return this.#finished(countKnown(checkTexts(texts), this.#settings, columns).rows);
  }

  /**
   * As `fit` and then `transform` of the same texts.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  fitTransform(texts: string | readonly string[]): SparseRows {
    const counted = this.#count(texts);
    this.#become(TermCounts.of(counted));
    return this.#finished(withColumns(counted, this.vocabulary));
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
  #count(texts: string | readonly string[]): CountedTexts {
    const { vocabulary } = this.#settings;
    const checked = checkTexts(texts);
    return vocabulary ? countKnown(checked, this.#settings, vocabulary) : countAll(checked, this.#settings);
  }

  #finished(rows: SparseRows): SparseRows {
    if (this.#settings.binary) rows.data.fill(1);
    return rows;
  }
}
