// Words by the texts that they stand in, weighed by TF-IDF: the matrix of texts and words, read by columns.
import { type SparseRows, TfidfVectorizer } from "kinvec/words";
import type { Hit, Rung } from "./rung.ts";

const LEAST_TEXTS = 3; // a word of fewer texts is like whatever else stands there

export class CountRung implements Rung {
  readonly #rows: SparseRows; // [texts, words]
  readonly #words: string[];
  readonly #columnOf: ReadonlyMap<string, number>;
  readonly #lengths: Float64Array; // [words] of the columns

  constructor(texts: readonly string[], termsOf: (text: string) => string[]) {
    const tfidf = new TfidfVectorizer({ tokenizer: termsOf, minDf: LEAST_TEXTS, sublinearTf: true });
    this.#rows = tfidf.fitTransform(texts);
    this.#words = tfidf.featureNames;
    this.#columnOf = tfidf.vocabulary;
    const squares = new Float64Array(this.#words.length);
    for (const [i, column] of this.#rows.indices.entries())
      (squares[column] as number) += (this.#rows.data[i] as number) ** 2;
    this.#lengths = squares.map(Math.sqrt);
  }

  has(word: string): boolean {
    return this.#columnOf.has(word);
  }

  /** [texts] */
  unit(word: string): Float32Array | undefined {
    const column = this.#columnOf.get(word);
    if (column === undefined) return undefined;
    const { data, indices, indptr } = this.#rows;
    const unit = new Float32Array(indptr.length - 1);
    for (let text = 0; text < unit.length; text++) {
      const end = indptr[text + 1] as number;
      for (let i = indptr[text] as number; i < end; i++) {
        if (indices[i] === column) unit[text] = (data[i] as number) / (this.#lengths[column] as number);
      }
    }
    return unit;
  }

  best(query: Float32Array, count: number, excluded: ReadonlySet<string>): Hit[] {
    const { data, indices, indptr } = this.#rows;
    const scores = new Float64Array(this.#words.length);
    for (const [text, weight] of query.entries()) {
      if (weight === 0) continue;
      const end = indptr[text + 1] as number;
      for (let i = indptr[text] as number; i < end; i++)
        (scores[indices[i] as number] as number) += weight * (data[i] as number);
    }
    return this.#words
      .map((word, column) => ({ word, score: (scores[column] as number) / (this.#lengths[column] as number) }))
      .filter(({ word, score }) => score > 0 && !excluded.has(word))
      .sort((a, b) => b.score - a.score)
      .slice(0, count);
  }

  cosines(words: readonly string[]): Float32Array {
    const n = words.length;
    const placeOf = new Map(words.map((word, i) => [this.#columnOf.get(word) as number, i]));
    const cosines = new Float32Array(n * n);
    const { data, indices, indptr } = this.#rows;
    for (let text = 0; text + 1 < indptr.length; text++) {
      const here: [place: number, value: number][] = [];
      const end = indptr[text + 1] as number;
      for (let i = indptr[text] as number; i < end; i++) {
        const column = indices[i] as number;
        const place = placeOf.get(column);
        if (place !== undefined) here.push([place, (data[i] as number) / (this.#lengths[column] as number)]);
      }
      for (const [i, a] of here) for (const [j, b] of here) (cosines[i * n + j] as number) += a * b;
    }
    return cosines;
  }
}
