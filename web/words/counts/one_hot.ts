// One-hot vectors: the word as its place in a list, and nothing of its meaning.
import { checkText, checkTexts, invalid, typeName } from "../../arguments.ts";
import { SparseBuilder, type SparseRows } from "./sparse_rows.ts";

/**
 * A vector for each word of a list: 1 in the word's own dimension, 0 in all others. Any two words are equally unlike.
 *
 * @example
 * ```js
 * import { OneHot } from "kinvec/words";
 * const words = new OneHot(["cat", "dog", "kitten"]);
 * words.vector("dog"); // Float32Array [0, 1, 0]
 * words.transform(["kitten", "cat"]).indices; // Int32Array [2, 0]
 * ```
 */
export class OneHot {
  /** The words, in the order of their dimensions. */
  readonly words: readonly string[];
  readonly #columns: ReadonlyMap<string, number>;

  /** @throws KinvecError INVALID_ARGUMENT, also for a word that is there twice (`at` is its index). */
  constructor(words: readonly string[]) {
    this.#columns = columnsOf(words, "words");
    this.words = words.slice();
  }

  /** Length of a vector: the number of words. */
  get dimensions(): number {
    return this.words.length;
  }

  /** Whether the word is one of the list. */
  has(word: string): boolean {
    return this.#columns.has(word);
  }

  /**
   * The vector of a word, or undefined if it is not one of the list.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  vector(word: string): Float32Array | undefined {
    const column = this.#columns.get(checkText(word));
    if (column === undefined) return undefined;
    const vector = new Float32Array(this.dimensions);
    vector[column] = 1;
    return vector;
  }

  /**
   * The vectors of many words as sparse rows; of a word that is not one of the list, a row of zeros.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  transform(words: string | readonly string[]): SparseRows {
    const built = new SparseBuilder();
    for (const word of checkTexts(words)) {
      const column = this.#columns.get(word);
      if (column !== undefined) built.add(column, 1);
      built.endRow();
    }
    return built.rows(this.dimensions);
  }
}

/** The place of each word in a list of distinct ones. */
export function columnsOf(words: unknown, name: string): Map<string, number> {
  if (!Array.isArray(words)) throw invalid(`${name} must be an array of strings, not ${typeName(words)}`);
  const columns = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    if (typeof word !== "string") throw invalid(`${name}[${i}] must be a string, not ${typeName(word)}`, i);
    if (columns.has(word)) throw invalid(`${name} has ${JSON.stringify(word)} twice`, i);
    columns.set(word, i);
  }
  return columns;
}
