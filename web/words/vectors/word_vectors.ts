// Words and their vectors, wherever they come from: a file or a training. It reads and trains nothing itself.
import { checkInteger, checkOptions, checkText, checkTexts, invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { isA } from "../../realms.ts";
import { TopK } from "../../search/top_k.ts";
import { similarity as cosine } from "../../similarity.ts";
import { firstBeyond } from "./finite.ts";
import { checkOutputLayer, type OutputLayer } from "./output_layer.ts";
import { checkSubwords, type SubwordSettings, subwordRowCount, subwordRows } from "./subwords.ts";

/** A word and its cosine with what was asked for, -1 to 1. */
export interface WordNeighbor {
  word: string;
  score: number;
}

/** Options of {@link WordVectors.nearest}. */
export interface NearestOptions {
  /** How many words at most, at least 1; default 10. */
  topK?: number | undefined;
  /** Words that are left out, besides the query itself. */
  exclude?: readonly string[] | undefined;
}

/** Options of {@link WordVectors.analogy}. */
export interface AnalogyOptions {
  /** Words whose vectors are added. */
  positive: readonly string[];
  /** Words whose vectors are taken away. */
  negative: readonly string[];
  /** How many words at most, at least 1; default 10. */
  topK?: number | undefined;
}

/** The most dimensions that vectors may have. */
export const MOST_DIMENSIONS = 2 ** 16;

/**
 * Words with a vector each, and with sub-words (FastText) vectors for words that were never seen.
 *
 * `nearest` and `analogy` compare with all words. The first call makes their vectors of length 1, which are kept: 4 bytes a
 * dimension and word besides those of the vectors themselves.
 *
 * @example
 * ```js
 * import { WordVectors } from "kinvec/words";
 * const vectors = new WordVectors(["cat", "dog", "tax"], new Float32Array([1, 0.2, 1, 0.3, 0, 1]), 2);
 * vectors.nearest("cat", { topK: 1 }); // [{ word: "dog", score: 0.9956 }]
 * ```
 */
export class WordVectors {
  /** Most frequent first, where that is known, but for words that a second training has added: they come last. */
  readonly words: readonly string[];
  /** Length of each vector. */
  readonly dimensions: number;
  /** Which n-grams of words have vectors; undefined where none have. */
  readonly subwords: SubwordSettings | undefined;
  /**
   * The rows as they were trained, `[words.length (+ rows of n-grams), dimensions]`. With sub-words, a word's row is
   * only one of those that its vector is the mean of. Not to be changed.
   */
  readonly rows: Float32Array;
  /** By what they can be trained on; undefined where it was not kept. */
  readonly output: OutputLayer | undefined;
  readonly #rowOf: ReadonlyMap<string, number>;
  #unitRows: Float32Array | undefined; // [words.length, dimensions], of length 1 or 0

  /**
   * Neither words nor vectors are copied.
   *
   * @param words no word twice
   * @param vectors `[words.length (+ rows of n-grams), dimensions]`, the n-grams' rows behind the words'
   * @param dimensions 1 to 65536
   * @param output by what they can be trained on, if that is known
   * @throws KinvecError INVALID_ARGUMENT (`at` is the index of a word), DIMENSION_MISMATCH if the vectors are not so many.
   */
  constructor(
    words: readonly string[],
    vectors: Float32Array,
    dimensions: number,
    subwords?: SubwordSettings,
    output?: OutputLayer,
  ) {
    checkInteger(dimensions ?? Number.NaN, "dimensions", 1, MOST_DIMENSIONS);
    this.#rowOf = rowsOf(words);
    this.words = words;
    this.dimensions = dimensions;
    this.subwords = subwords === undefined ? undefined : checkSubwords(subwords);
    if (!isA(vectors, "Float32Array")) throw invalid(`vectors must be a Float32Array, not ${typeName(vectors)}`);
    const rows = words.length + subwordRowCount(this.subwords);
    if (vectors.length !== rows * dimensions) {
      const message = `vectors must have ${rows} rows of ${dimensions} numbers, not ${vectors.length} numbers`;
      throw new KinvecError("DIMENSION_MISMATCH", message);
    }
    this.rows = vectors;
    this.output = output === undefined ? undefined : checkOutputLayer(output, words.length, dimensions);
  }

  /** Whether the word is one of `words`; with sub-words others have vectors as well. */
  has(word: string): boolean {
    return this.#rowOf.has(word);
  }

  /**
   * A copy of the word's vector, not normalised; undefined for a word that has none. With sub-words every word has one: the
   * mean of its own row, if it has one, and those of its n-grams; zeros if there are none of either.
   *
   * @throws KinvecError INVALID_ARGUMENT if it is no string.
   */
  vector(word: string): Float32Array | undefined {
    const row = this.#rowOf.get(checkText(word));
    if (this.subwords === undefined) return row === undefined ? undefined : this.#row(row).slice();
    const rows = subwordRows(word, this.subwords).map((subword) => this.words.length + subword);
    return this.#mean(row === undefined ? rows : [row, ...rows]);
  }

  /**
   * The words whose vectors have the highest cosine with that of a word, or with a vector; best first, the word itself not
   * among them.
   *
   * @throws KinvecError INVALID_ARGUMENT, also for a word that has no vector; DIMENSION_MISMATCH.
   *
   * @example
   * ```js
   * for (const { word, score } of vectors.nearest("cat")) console.log(word, score);
   * ```
   */
  nearest(query: string | Float32Array, options?: NearestOptions): WordNeighbor[] {
    const { topK = 10, exclude = [] } = checkOptions(options);
    const excluded = new Set(checkTexts(exclude, "options.exclude"));
    if (typeof query === "string") excluded.add(query);
    return this.#best(typeof query === "string" ? this.#known(query) : this.#checkVector(query), topK, excluded);
  }

  /**
   * Words that stand to `positive` as those words do to `negative`, by the cosine with the mean of their vectors of length 1,
   * the negative ones reversed (3CosAdd of Mikolov et al., 2013, as gensim's `most_similar`). None of the given words is
   * among them.
   *
   * @throws KinvecError INVALID_ARGUMENT, also for a word that has no vector, or if no word is given.
   *
   * @example
   * ```js
   * vectors.analogy({ positive: ["king", "woman"], negative: ["man"] }); // queen, one hopes
   * ```
   */
  analogy(options: AnalogyOptions): WordNeighbor[] {
    const { positive = [], negative = [], topK = 10 } = checkOptions(options);
    const [added, removed] = [checkTexts(positive, "options.positive"), checkTexts(negative, "options.negative")];
    const given = [...added, ...removed];
    if (given.length === 0) throw invalid("options.positive and options.negative have no word");
    const target = new Float32Array(this.dimensions);
    for (const [i, word] of given.entries()) {
      const unit = this.#known(word);
      normalize(unit);
      const sign = i < added.length ? 1 : -1;
      for (let d = 0; d < target.length; d++) (target[d] as number) += sign * (unit[d] as number);
    }
    return this.#best(target, topK, new Set(given));
  }

  /**
   * Cosine of the vectors of two words, -1 to 1; undefined if one has none.
   *
   * @throws KinvecError INVALID_ARGUMENT if one is no string.
   */
  similarity(a: string, b: string): number | undefined {
    const [first, second] = [this.vector(a), this.vector(b)];
    return first && second && cosine(first, second);
  }

  #best(query: Float32Array, topK: number, excluded: ReadonlySet<string>): WordNeighbor[] {
    checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
    this.#unitRows ??= this.#normalizedRows();
    const units = this.#unitRows;
    const unit = query.slice();
    normalize(unit);
    const kept = new TopK(Math.min(topK, this.words.length));
    for (let row = 0, at = 0; row < this.words.length; row++) {
      let score = 0;
      for (let d = 0; d < unit.length; d++) score += (unit[d] as number) * (units[at++] as number);
      if (kept.takes(row, score) && !excluded.has(this.words[row] as string)) kept.add(row, score);
    }
    // Rounding may step just over the ends.
    return kept.best().map(({ row, score }) => ({
      word: this.words[row] as string,
      score: Math.min(1, Math.max(-1, score)),
    }));
  }

  #normalizedRows(): Float32Array {
    const units = new Float32Array(this.words.length * this.dimensions);
    for (const [row, word] of this.words.entries()) {
      const vector = this.subwords ? (this.vector(word) as Float32Array) : this.#row(row);
      units.set(vector, row * this.dimensions);
      normalize(units.subarray(row * this.dimensions, (row + 1) * this.dimensions));
    }
    return units;
  }

  #known(word: string): Float32Array {
    const vector = this.vector(word);
    if (vector === undefined) throw invalid(`there is no vector of ${JSON.stringify(word)}`);
    return vector;
  }

  #checkVector(vector: unknown): Float32Array {
    if (!isA(vector, "Float32Array")) throw invalid(`query must be a word or a Float32Array, not ${typeName(vector)}`);
    if (vector.length !== this.dimensions) {
      const message = `the query has ${vector.length} dimensions, the vectors have ${this.dimensions}`;
      throw new KinvecError("DIMENSION_MISMATCH", message);
    }
    const at = firstBeyond(vector);
    if (at !== -1) throw invalid(`query[${at}] is ${vector[at]}`, at);
    return vector;
  }

  #row(row: number): Float32Array {
    if (this.rows.length === 0) throw invalid(`rows is no longer a Float32Array but a ${typeName(this.rows)}`);
    return this.rows.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }

  /** In single precision throughout, as FastText. */
  #mean(rows: readonly number[]): Float32Array {
    const mean = new Float32Array(this.dimensions);
    for (const row of rows) {
      const values = this.#row(row);
      for (let d = 0; d < mean.length; d++) (mean[d] as number) += values[d] as number;
    }
    const share = rows.length === 0 ? 0 : Math.fround(1 / rows.length);
    return mean.map((sum) => sum * share);
  }
}

function rowsOf(words: readonly string[]): Map<string, number> {
  if (!Array.isArray(words)) throw invalid(`words must be an array, not ${typeName(words)}`);
  const rows = new Map<string, number>();
  for (const [row, word] of words.entries()) {
    if (typeof word !== "string") throw invalid(`words[${row}] must be a string, not ${typeName(word)}`, row);
    if (rows.has(word)) throw invalid(`words[${row}] is ${JSON.stringify(word)} for the second time`, row);
    rows.set(word, row);
  }
  return rows;
}

/** Makes the vector's length 1; zeros where it has no direction. */
function normalize(vector: Float32Array): void {
  let squares = 0;
  for (let d = 0; d < vector.length; d++) squares += (vector[d] as number) ** 2;
  const norm = Math.sqrt(squares);
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) vector.fill(0);
  else for (let d = 0; d < vector.length; d++) (vector[d] as number) /= norm;
}
