// A text classifier of FastText: the mean of the vectors of a text's words and n-grams, and labels by it ("Bag of Tricks for
// Efficient Text Classification", Joulin et al., 2016).
import { checkInteger, checkOptions, checkText } from "../../arguments.ts";
import { checkRange } from "../../search/checks.ts";
import { type FastTextDictionary, type FastTextSettings, subwordsOf } from "../vectors/files/fasttext_header.ts";
import type { Matrix } from "../vectors/files/matrix.ts";
import { END_OF_LINE, hashOf, subwordRows } from "../vectors/subwords.ts";
import { type Prediction, predictionBy } from "./losses.ts";

/** Options of {@link TextClassifier.predict}. */
export interface PredictOptions {
  /** How many labels at most, at least 1; default 1. */
  topK?: number | undefined;
  /** Leaves out labels that are less probable, 0 to 1; default 0. */
  threshold?: number | undefined;
}

/** A label of a text. */
export interface LabelHit {
  /** As the file has it, `__label__` included. */
  label: string;
  /** As the reference computes it: it may be 0.00001 too high, and so above 1. */
  probability: number;
}

/** What a classifier is made of. */
export interface ClassifierParts {
  settings: FastTextSettings;
  /** Row of each word. */
  words: ReadonlyMap<string, number>;
  labels: readonly { name: string; count: number }[];
  dictionary: FastTextDictionary;
  /** [words + buckets, dimensions] */
  input: Matrix;
  /** [labels, dimensions] */
  output: Matrix;
}

const kLabelPrefix = "__label__";
// The reference's, of ASCII only.
const kSpaces = /[ \n\r\t\v\f\0]+/;
const kWordHashFactor = 116049371n;
const encoder = new TextEncoder();

/**
 * Texts to labels, by a supervised model of FastText: languages, topics, whatever it was trained for. `loadTextClassifier`
 * makes one.
 *
 * @example
 * ```js
 * import { loadTextClassifier } from "kinvec/words";
 * const languages = await loadTextClassifier("lid.176.ftz");
 * languages.predict("Wo ist der Bahnhof?"); // [{ label: "__label__de", probability: 0.98 }]
 * ```
 */
export class TextClassifier {
  /** All labels, most frequent first. */
  readonly labels: readonly string[];
  /** Length of the vectors inside. */
  readonly dimensions: number;
  readonly #parts: ClassifierParts;
  readonly #firstBucket: number;
  readonly #predict: Prediction;

  /** @internal */
  constructor(parts: ClassifierParts) {
    const { settings, labels, output } = parts;
    this.labels = labels.map(({ name }) => name);
    this.dimensions = settings.dimensions;
    this.#parts = parts;
    this.#firstBucket = parts.dictionary.words;
    this.#predict = predictionBy(
      settings.loss,
      output,
      labels.map(({ count }) => count),
    );
  }

  /**
   * The most probable labels of a text, best first, and of equal ones the more frequent. Words are what stands between
   * ASCII white space, line ends among them, with upper and lower case apart: prepare texts as those the model was
   * trained on were. Empty for a text of which the model knows nothing.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * for (const { label, probability } of languages.predict(text, { topK: 3 })) console.log(label, probability);
   * ```
   */
  predict(text: string, options?: PredictOptions): LabelHit[] {
    const { topK = 1, threshold = 0 } = checkOptions(options);
    checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
    checkRange(threshold, "options.threshold");
    const rows = this.#rowsOf(checkText(text));
    if (rows.length === 0) return [];
    return this.#predict(this.#mean(rows), topK, threshold).map(({ row, score }) => ({
      label: this.labels[row] as string,
      probability: Math.fround(Math.exp(score)),
    }));
  }

  /** Rows of the words, their n-grams of characters, and the n-grams of words. */
  #rowsOf(text: string): number[] {
    const { settings, words, dictionary } = this.#parts;
    const { buckets, wordNgrams } = settings;
    const { kept } = dictionary;
    const subwords = subwordsOf(settings, dictionary);
    const rows: number[] = [];
    const hashes: number[] = [];
    for (const word of tokens(text)) {
      const row = words.get(word);
      // A label in the text is no word of it.
      if (row === undefined && word.startsWith(kLabelPrefix)) continue;
      if (row !== undefined) rows.push(row);
      if (subwords) for (const subword of subwordRows(word, subwords)) rows.push(this.#firstBucket + subword);
      hashes.push(hashOf(encoder.encode(word)));
    }
    if (wordNgrams > 1 && buckets > 0) {
      for (const bucket of wordNgramBuckets(hashes, wordNgrams, buckets)) {
        const ngram = kept ? kept.get(bucket) : bucket;
        if (ngram !== undefined) rows.push(this.#firstBucket + ngram);
      }
    }
    return rows;
  }

  #mean(rows: readonly number[]): Float32Array {
    const sum = new Float32Array(this.dimensions);
    for (const row of rows) this.#parts.input.addRow(sum, row);
    const share = Math.fround(1 / rows.length);
    return sum.map((value) => value * share);
  }
}

/** The words of a line and the end of it, which is one as well. */
function tokens(text: string): string[] {
  const words = text.split(kSpaces).filter((word) => word !== "");
  const end = words.indexOf(END_OF_LINE);
  return [...words.slice(0, end === -1 ? words.length : end), END_OF_LINE];
}

/** Buckets of all runs of 2 to `most` words, in 64-bit arithmetic on their signed 32-bit hashes. */
function* wordNgramBuckets(hashes: readonly number[], most: number, buckets: number): Generator<number> {
  const signed = hashes.map((hash) => BigInt(hash | 0));
  for (let first = 0; first < signed.length; first++) {
    let hash = signed[first] as bigint;
    for (let next = first + 1; next < Math.min(signed.length, first + most); next++) {
      hash = BigInt.asUintN(64, hash * kWordHashFactor + (signed[next] as bigint));
      yield Number(hash % BigInt(buckets));
    }
  }
}
