// Texts as lists of tokens, seen as the sparse matrix M that takes token vectors to means: row i has 1/n at each of the
// n tokens of text i.

export class TokenLists {
  /** Tokens of all texts, end to end. */
  readonly ids: Int32Array;
  /** Where each text's tokens start. [texts + 1] */
  readonly starts: Uint32Array;
  readonly vocabulary: number;

  constructor(ids: Int32Array, starts: Uint32Array, vocabulary: number) {
    this.ids = ids;
    this.starts = starts;
    this.vocabulary = vocabulary;
  }

  get texts(): number {
    return this.starts.length - 1;
  }

  /** How often each token occurs. [vocabulary] */
  counts(): Float64Array {
    const counts = new Float64Array(this.vocabulary);
    for (const id of this.ids) counts[id] = (counts[id] as number) + 1;
    return counts;
  }

  /** M x: the mean over each text's tokens. [vocabulary, width] to [texts, width] */
  means(vectors: Float32Array, width: number): Float32Array {
    const means = new Float32Array(this.texts * width);
    this.#each((text, token, share) => addScaled(means, text * width, vectors, token * width, width, share));
    return means;
  }

  /** M^T y. [texts, width] to [vocabulary, width] */
  spread(values: Float32Array, width: number): Float32Array {
    const sums = new Float32Array(this.vocabulary * width);
    this.#each((text, token, share) => addScaled(sums, token * width, values, text * width, width, share));
    return sums;
  }

  #each(visit: (text: number, token: number, share: number) => void): void {
    for (let text = 0; text < this.texts; text++) {
      const start = this.starts[text] as number;
      const end = this.starts[text + 1] as number;
      for (let i = start; i < end; i++) visit(text, this.ids[i] as number, 1 / (end - start));
    }
  }
}

/** to += factor * from, over `count` values. */
function addScaled(to: Float32Array, a: number, from: Float32Array, b: number, count: number, factor: number): void {
  for (let i = 0; i < count; i++) to[a + i] = (to[a + i] as number) + factor * (from[b + i] as number);
}
