// Similarities of one item to all others, row by row, each made when it is first asked for and kept.

/** Anything with row(item) → Float32Array [n_items]. */
class KeptRows {
  #rows = [];
  row(item) {
    this.#rows[item] ??= this.make(item);
    return this.#rows[item];
  }
}

/** Cosines of dense vectors of length 1. */
export class DenseSimilarities extends KeptRows {
  constructor(vectors) {
    super();
    this.vectors = vectors;
  }

  make(item) {
    const own = this.vectors[item];
    return Float32Array.from(this.vectors, (vector) => dot(own, vector));
  }
}

function dot(a, b) {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** Cosines of TF-IDF vectors: weight (1 + ln tf) · ln(N / df) of each word, scaled to length 1. */
export class TfIdfSimilarities extends KeptRows {
  constructor(texts) {
    super();
    const counts = texts.map(wordCounts);
    const found = new Map(); // documents with a word
    for (const words of counts) for (const word of words.keys()) found.set(word, (found.get(word) ?? 0) + 1);
    this.postings = new Map();
    this.documents = counts.map((words) => {
      const weights = [...words].map(([word, tf]) => [word, (1 + Math.log(tf)) * Math.log(texts.length / found.get(word))]);
      const norm = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
      return weights.map(([word, weight]) => [word, weight / norm]);
    });
    for (const [document, weights] of this.documents.entries()) {
      for (const [word, weight] of weights) {
        if (!this.postings.has(word)) this.postings.set(word, []);
        this.postings.get(word).push(document, weight);
      }
    }
  }

  make(item) {
    const row = new Float32Array(this.documents.length);
    for (const [word, own] of this.documents[item]) {
      const list = this.postings.get(word);
      for (let i = 0; i < list.length; i += 2) row[list[i]] += own * list[i + 1];
    }
    return row;
  }
}

function wordCounts(text) {
  const counts = new Map();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
