// TF-IDF: counts in which a term weighs the more the fewer texts have it.
import { invalid } from "../../arguments.ts";
import type { CountOptions } from "./count_options.ts";
import { CountVectorizer } from "./count_vectorizer.ts";
import { type CountsJson, parseState, refusingAsDamage } from "./counts_json.ts";
import type { SparseRows } from "./sparse_rows.ts";
import { checkWeightOptions, type TfidfOptions, type WeightSettings } from "./tfidf_options.ts";

/** A `TfidfVectorizer` as `toJSON` answers it. */
export interface TfidfJson extends WeightSettings {
  format: "kinvec-tfidf";
  version: number;
  counts: CountsJson;
}

const kFormat = "kinvec-tfidf";
const kVersion = 1;

/**
 * Texts as rows of weights: what scikit-learn's class of this name does, with the same values. A term that occurs c times
 * in a text and in n of the N texts that were learned from weighs c · idf, the row then being scaled to length 1, with
 *
 * ```text
 *   idf = 1 + ln((1 + N) / (1 + n)), or without smoothIdf 1 + ln(N / n)
 * ```
 *
 * Texts may be added and removed later; all is then as if it had been fitted on those that are left.
 *
 * @example
 * ```js
 * import { nearestRows, TfidfVectorizer } from "kinvec/words";
 * const tfidf = new TfidfVectorizer({ sublinearTf: true });
 * const rows = tfidf.fitTransform(["the cat sat", "the dog sat", "interest rates rise"]);
 * const [hits] = nearestRows(tfidf.transform("a cat"), rows, { topK: 1 }); // [{ row: 0, score: 0.68 }]
 * ```
 */
export class TfidfVectorizer {
  readonly #settings: WeightSettings;
  #counts: CountVectorizer;
  #idf: Float64Array | undefined; // undefined: the counts have changed since it was looked at

  /** @throws KinvecError INVALID_ARGUMENT. */
  constructor(options?: TfidfOptions) {
    this.#settings = checkWeightOptions(options);
    this.#counts = new CountVectorizer(options);
  }

  /** Number of texts that the weights come from. */
  get textCount(): number {
    return this.#counts.textCount;
  }

  /** The terms, in the order of their columns: by code points, or as the option `vocabulary` has them. */
  get featureNames(): string[] {
    return this.#counts.featureNames;
  }

  /** The column of each term. */
  get vocabulary(): ReadonlyMap<string, number> {
    return this.#counts.vocabulary;
  }

  /** In how many texts the term of each column occurs. */
  get documentFrequencies(): Uint32Array {
    return this.#counts.documentFrequencies;
  }

  /**
   * The weight of each column; 1 without `useIdf`. Without `smoothIdf` a term that no text has weighs 0, for which
   * scikit-learn has infinity.
   */
  get idf(): Float64Array {
    return this.#columnWeights().slice();
  }

  /**
   * Learns terms and weights from these texts, and forgets all others.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  fit(texts: string | readonly string[]): this {
    this.#counts.fit(texts);
    this.#idf = undefined;
    return this;
  }

  /**
   * Learns from more texts; from all or, if one of them is refused, from none.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  add(texts: string | readonly string[]): void {
    this.#counts.add(texts);
    this.#idf = undefined;
  }

  /**
   * Takes texts out again, which must be given as they were added: they are counted, not kept.
   *
   * @throws KinvecError INVALID_ARGUMENT, also where it can be told that they were not all added; then nothing changes.
   */
  remove(texts: string | readonly string[]): void {
    this.#counts.remove(texts);
    this.#idf = undefined;
  }

  /** Forgets all texts. */
  clear(): void {
    this.#counts.clear();
    this.#idf = undefined;
  }

  /**
   * The weights of texts, a row each. What has no column is left out; a text of which nothing is left has a row of zeros.
   *
   * @throws KinvecError INVALID_ARGUMENT, also before there are texts to learn from.
   */
  transform(texts: string | readonly string[]): SparseRows {
    const rows = this.#counts.transform(texts);
    if (this.textCount === 0 && this.#settings.useIdf) throw invalid("there are no weights yet: call fit first");
    return this.#weigh(rows);
  }

  /**
   * As `fit` and then `transform` of the same texts.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  fitTransform(texts: string | readonly string[]): SparseRows {
    const rows = this.#counts.fitTransform(texts);
    this.#idf = undefined;
    return this.#weigh(rows);
  }

  /**
   * All that was learned, for `JSON.stringify`. It has every term of the texts, also those that the limits leave out, so
   * that texts can be added and removed later.
   */
  toJSON(): TfidfJson {
    return { format: kFormat, version: kVersion, ...this.#settings, counts: this.#counts.toJSON() };
  }

  /**
   * A vectorizer from what `toJSON` answered, as an object or as text. If it had a `tokenizer` it needs the same again.
   *
   * @throws KinvecError MODEL_FORMAT, MODEL_VERSION, INVALID_ARGUMENT.
   */
  static fromJSON(json: TfidfJson | string, options?: Pick<CountOptions, "tokenizer">): TfidfVectorizer {
    const saved = parseState(json, kFormat, kVersion);
    const settings = refusingAsDamage(() => checkWeightOptions(saved.values as TfidfOptions));
    const vectorizer = new TfidfVectorizer(settings);
    vectorizer.#counts = CountVectorizer.fromJSON(saved.value("counts") as CountsJson, options);
    return vectorizer;
  }

  #columnWeights(): Float64Array {
    const { useIdf, smoothIdf } = this.#settings;
    const more = smoothIdf ? 1 : 0;
    this.#idf ??= Float64Array.from(this.documentFrequencies, (texts) => {
      if (!useIdf) return 1;
      return texts + more === 0 ? 0 : 1 + Math.log((this.textCount + more) / (texts + more));
    });
    return this.#idf;
  }

  /** Turns counts into weights, where they are. */
  #weigh(rows: SparseRows): SparseRows {
    const { norm, sublinearTf } = this.#settings;
    const { data, indices, indptr, shape } = rows;
    const idf = this.#columnWeights();
    for (let at = 0; at < data.length; at++) {
      const count = data[at] as number;
      data[at] = (sublinearTf ? 1 + Math.log(count) : count) * (idf[indices[at] as number] as number);
    }
    if (norm === null) return rows;
    for (let i = 0; i < shape[0]; i++) scale(data.subarray(indptr[i], indptr[i + 1]), norm);
    return rows;
  }
}

/** Scales a row, none of whose values is negative, unless all are 0. */
function scale(row: Float64Array, norm: "l1" | "l2"): void {
  let sum = 0;
  for (const value of row) sum += norm === "l1" ? value : value * value;
  if (sum === 0) return;
  const length = norm === "l1" ? sum : Math.sqrt(sum);
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / length;
}
