// What a training goes on from, and what becomes of it: the trainer's rows start as those that are there of their words, and
// lie among them in the end. Words keep their places; those that only the texts have follow, the most frequent first.
import { allocateRows } from "../vectors/files/row_store.ts";
import type { OutputLayer } from "../vectors/output_layer.ts";
import { subwordRowCount } from "../vectors/subwords.ts";
import { WordVectors } from "../vectors/word_vectors.ts";
import { mergeRows, placesIn, split, startRows } from "./row_places.ts";

export class Continuation {
  /** Words that are not trained, but that trained ones are set against, as they were before. */
  readonly others: number;
  readonly #initial: WordVectors;
  /** Of all words, row by row. */
  readonly #words: readonly string[];
  /** `[trained words]` where among all words each lies. */
  readonly #places: readonly number[];
  /** `[trained words + others]` the same of the output layer. */
  readonly #outputPlaces: readonly number[];
  /** The rows of n-grams by bucket; undefined where each bucket has the row of its own number. */
  readonly #kept: ReadonlyMap<number, number> | undefined;
  /** `[trained buckets]` where among the rows of n-grams each lies. */
  readonly #subwordPlaces: readonly number[];

  /**
   * @param initial without words if there was no training before
   * @param words that are trained
   * @param buckets that are trained
   */
  constructor(initial: WordVectors, words: readonly string[], buckets: Uint32Array) {
    this.#initial = initial;
    const rows = new Map(initial.words.map((word, row) => [word, row]));
    this.#places = placesIn(rows, words);
    this.#words = [...rows.keys()];
    const trained = new Set(this.#places);
    const others = initial.output ? [...initial.words.keys()].filter((row) => !trained.has(row)) : [];
    this.#outputPlaces = [...this.#places, ...others];
    this.others = others.length;
    const kept = initial.subwords?.kept && new Map(initial.subwords.kept);
    this.#subwordPlaces = kept ? placesIn(kept, buckets) : [...buckets];
    this.#kept = kept;
  }

  /** Adds those of earlier texts to the `counts`, `[trained words + others]`. */
  addCounts(counts: Float64Array): void {
    for (const [row, place] of this.#outputPlaces.entries()) {
      (counts[row] as number) += this.#initial.output?.counts[place] ?? 0;
    }
  }

  /**
   * Sets the rows that are known before; others stay as they are.
   *
   * @param rows `[trained words + trained buckets, dimensions or more]`
   * @param outputRows `[trained words + others, dimensions or more]`
   */
  start(rows: Float32Array, outputRows: Float32Array): void {
    const { words, dimensions, output, rows: known } = this.#initial;
    const trained = this.#places.length;
    const stride = rows.length / (trained + this.#subwordPlaces.length);
    const [wordRows, subwordRows] = split(rows, trained * stride);
    const [knownWords, knownSubwords] = split(known, words.length * dimensions);
    startRows(wordRows, stride, knownWords, this.#places, dimensions);
    startRows(subwordRows, stride, knownSubwords, this.#subwordPlaces, dimensions);
    if (output) startRows(outputRows, stride, output.rows, this.#outputPlaces, dimensions);
  }

  /**
   * All words with what was learnt, of which this makes a copy. Throws OUT_OF_MEMORY.
   *
   * @param rows `[trained words + trained buckets, dimensions]`
   * @param output of the trained words and the others, if it is kept
   */
  finish(rows: Float32Array, output: OutputLayer | undefined): WordVectors {
    const { dimensions, rows: known } = this.#initial;
    const subwords = this.#initial.subwords && { ...this.#initial.subwords, ...(this.#kept && { kept: this.#kept }) };
    const all = allocateRows((this.#words.length + subwordRowCount(subwords)) * dimensions);
    const [allWords, allSubwords] = split(all, this.#words.length * dimensions);
    const [knownWords, knownSubwords] = split(known, this.#initial.words.length * dimensions);
    const [wordRows, subwordRows] = split(rows, this.#places.length * dimensions);
    mergeRows(allWords, knownWords, wordRows, this.#places, dimensions);
    mergeRows(allSubwords, knownSubwords, subwordRows, this.#subwordPlaces, dimensions);
    return new WordVectors(this.#words, all, dimensions, subwords, output && this.#outputOfAll(output));
  }

  /** Words that are in neither were not known to occur, and are left with zeros. */
  #outputOfAll({ architecture, counts, rows }: OutputLayer): OutputLayer {
    const { dimensions } = this.#initial;
    const all = allocateRows(this.#words.length * dimensions);
    mergeRows(all, new Float32Array(), rows, this.#outputPlaces, dimensions);
    const allCounts = new Float64Array(this.#words.length);
    for (const [row, place] of this.#outputPlaces.entries()) allCounts[place] = counts[row] as number;
    return { architecture, counts: allCounts, rows: all };
  }
}
