// What items have in common by their words, which vectors of meaning blur: names, genres, rare terms.
import { termsOf } from "../search/words/split_words.ts";

/** Terms by number, and what each counts, as parts of larger arrays. */
export interface WordRow {
  terms: Uint32Array;
  values: Float32Array;
}

/**
 * The texts of a catalogue as TF-IDF vectors of length 1: a term that occurs f times in a text, and in n of the N texts,
 * counts (1 + ln f) · ln(N / n) before the scaling.
 */
export class ItemWords {
  /** How many different terms there are. */
  readonly size: number;
  // The rows end to end; row i begins at starts[i].
  readonly #starts: Uint32Array; // [n_items + 1]
  readonly #terms: Uint32Array;
  readonly #values: Float32Array;

  constructor(texts: readonly string[]) {
    const numbers = new Map<string, number>(); // by term
    const found: number[] = []; // texts with a term
    const rows = texts.map((text) => {
      const counts = new Map<number, number>();
      for (const term of termsOf(text)) {
        let number = numbers.get(term);
        if (number === undefined) {
          number = found.push(0) - 1;
          numbers.set(term, number);
        }
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }
      for (const number of counts.keys()) found[number] = (found[number] as number) + 1;
      return { terms: Uint32Array.from(counts.keys()), values: Float32Array.from(counts.values()) };
    });
    this.size = found.length;
    this.#starts = new Uint32Array(rows.length + 1);
    for (const [row, { terms }] of rows.entries()) this.#starts[row + 1] = (this.#starts[row] as number) + terms.length;
    this.#terms = new Uint32Array(this.#starts[rows.length] as number);
    this.#values = new Float32Array(this.#terms.length);
    for (const [row, { terms, values }] of rows.entries()) {
      this.#terms.set(terms, this.#starts[row]);
      const rarity = (i: number) => Math.log(texts.length / (found[terms[i] as number] as number));
      const weights = values.map((count, i) => (1 + Math.log(count)) * rarity(i));
      const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
      this.#values.set(length > 0 ? weights.map((weight) => weight / length) : weights, this.#starts[row]);
    }
  }

  /** The words of an item. */
  row(row: number): WordRow {
    const [start, end] = this.#starts.subarray(row, row + 2);
    return { terms: this.#terms.subarray(start, end), values: this.#values.subarray(start, end) };
  }

  /** The product of an item with what each term counts. */
  product(row: number, looked: Float64Array): number {
    const end = this.#starts[row + 1] as number;
    let sum = 0;
    for (let at = this.#starts[row] as number; at < end; at++) {
      sum += (looked[this.#terms[at] as number] as number) * (this.#values[at] as number);
    }
    return sum;
  }
}
