// Word vectors as a rung.
import type { WordVectors } from "kinvec/words";
import { type Hit, type Rung, toUnit } from "./rung.ts";

export class DenseRung implements Rung {
  readonly #vectors: WordVectors;

  constructor(vectors: WordVectors) {
    this.#vectors = vectors;
  }

  has(word: string): boolean {
    return this.#vectors.has(word);
  }

  unit(word: string): Float32Array | undefined {
    const vector = this.#vectors.vector(word);
    return vector?.some((value) => value !== 0) ? toUnit(vector) : undefined;
  }

  best(query: Float32Array, count: number, excluded: ReadonlySet<string>): Hit[] {
    return this.#vectors.nearest(query, { topK: count, exclude: [...excluded] });
  }

  cosines(words: readonly string[]): Float32Array {
    const units = words.map((word) => this.unit(word) as Float32Array);
    const n = units.length;
    const cosines = new Float32Array(n * n);
    for (const [i, a] of units.entries()) {
      for (let j = 0; j <= i; j++) {
        const b = units[j] as Float32Array;
        let dot = 0;
        for (let d = 0; d < a.length; d++) dot += (a[d] as number) * (b[d] as number);
        cosines[i * n + j] = dot;
        cosines[j * n + i] = dot;
      }
    }
    return cosines;
  }
}
