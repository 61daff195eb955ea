// Vectors of texts made of the vectors of their words.

/** The mean of the vectors of the words that have one; zeros where none has. */
export function meanVector(words, vectors) {
  return weightedMean(words, vectors, () => 1);
}

function weightedMean(words, vectors, weightOf) {
  const sum = new Float32Array(vectors.dimensions);
  let known = 0;
  for (const word of words) {
    const vector = vectors.vector(word);
    if (vector === undefined) continue;
    const weight = weightOf(word);
    for (let d = 0; d < sum.length; d++) sum[d] += weight * vector[d];
    known += 1;
  }
  return known === 0 ? sum : sum.map((value) => value / known);
}

/**
 * Smooth inverse frequency (Arora, Liang and Ma, 2017): frequent words count less, and of the means the direction that they
 * have most in common is taken away.
 */
export class SmoothInverseFrequency {
  #vectors;
  #weightOf;
  #common; // the direction, of length 1 [dimensions]

  /**
   * @param {import("kinvec/words").WordVectors} vectors
   * @param {{ counts: Map<string, number>, words: number, sentences: string[][] }} text that says how frequent words are, and
   *   what sentences have in common
   * @param {number} a words with this share of the text have half the weight
   */
  constructor(vectors, { counts, words, sentences }, { a = 3e-4, samples = 3000 } = {}) {
    this.#vectors = vectors;
    this.#weightOf = (word) => a / (a + (counts.get(word) ?? 0) / words);
    const step = Math.ceil(sentences.length / samples);
    const means = sentences.filter((_, i) => i % step === 0).map((one) => weightedMean(one, vectors, this.#weightOf));
    this.#common = firstDirection(means);
  }

  /** The text's vector. @param {string[]} words */
  vector(words) {
    const vector = weightedMean(words, this.#vectors, this.#weightOf);
    const share = dot(vector, this.#common);
    return vector.map((value, d) => value - share * this.#common[d]);
  }
}

/** The first singular vector of the rows, by power iteration. */
function firstDirection(rows, steps = 50) {
  let direction = new Float64Array(rows[0].length).fill(1);
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(direction.length);
    for (const row of rows) {
      const share = dot(row, direction);
      for (let d = 0; d < next.length; d++) next[d] += share * row[d];
    }
    const length = Math.sqrt(dot(next, next)) || 1;
    direction = next.map((value) => value / length);
  }
  return direction;
}

function dot(a, b) {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
