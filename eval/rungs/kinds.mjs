// The kinds of rungs, all asked the same: for vectors of texts and of words, and which words they do not know.

import { similarity } from "kinvec";
import { CountVectorizer, sparseCosine, sparseRow, TfidfVectorizer, WordVectors } from "kinvec/words";
import { meanVector, SmoothInverseFrequency } from "./sentence_vectors.mjs";
import { wordsOf } from "./texts.mjs";

const leastCount = 5; // of a word in the text, to be known: the default of trainWordVectors

/** Counts of words: those of a general text, so that all rungs that learn from it know the same. */
export class CountsRung {
  /** @param {{ sentences: string[][] }} text @param {{ weighed?: boolean }} options whether rare words count more */
  constructor(text, { weighed = false } = {}) {
    const Vectorizer = weighed ? TfidfVectorizer : CountVectorizer;
    this.vectorizer = new Vectorizer({ tokenizer: wordsOf, minDf: leastCount });
    this.vectorizer.fit(text.sentences.map((words) => words.join(" ")));
    this.file = Buffer.from(JSON.stringify(this.vectorizer));
  }

  textVectors(texts) {
    const rows = this.vectorizer.transform(texts);
    return texts.map((_, i) => sparseRow(rows, i));
  }

  wordVectors(words) {
    return words.map((word) => (this.knows(word) ? this.textVectors([word])[0] : undefined));
  }

  cosine(a, b) {
    return sparseCosine(a, b);
  }

  knows(word) {
    return this.vectorizer.vocabulary.has(word);
  }
}

/** Word vectors; a text's is the mean of its words', or weighted by how rare they are. */
export class WordsRung {
  /** @param {{ vectors: WordVectors, file: Uint8Array, seconds?: number }} made @param {object} text for the weights */
  constructor({ vectors, file, seconds }, text) {
    Object.assign(this, { vectors, file, seconds });
    this.weights = new SmoothInverseFrequency(vectors, text);
  }

  textVectors(texts) {
    return texts.map((text) => meanVector(wordsOf(text), this.vectors));
  }

  weightedVectors(texts) {
    return texts.map((text) => this.weights.vector(wordsOf(text)));
  }

  wordVectors(words) {
    return words.map((word) => (this.knows(word) ? this.vectors.vector(word) : undefined));
  }

  cosine(a, b) {
    return similarity(a, b);
  }

  /** With sub-words every word has a vector, but zeros where none of its parts was seen. */
  knows(word) {
    return this.vectors.has(word) || (this.vectors.vector(word)?.some((value) => value !== 0) ?? false);
  }
}

/** A model of texts, static or a transformer; a word is a short text to it. */
export class ModelRung {
  /** @param {import("kinvec").Model} model @param {Uint8Array} file */
  constructor(model, file) {
    Object.assign(this, { model, file });
  }

  async textVectors(texts) {
    return (await this.model.embed(texts)).vectors;
  }

  wordVectors(words) {
    return this.textVectors(words);
  }

  cosine(a, b) {
    return similarity(a, b);
  }

  async knows(word) {
    return !(await this.model.tokenize(word)).tokens.includes("[UNK]");
  }
}

/** The vectors of a list of words as the package's word vectors, which can be asked for analogies; words without are left out. */
export async function tableOf(rung, words) {
  const vectors = await rung.wordVectors(words);
  const known = words.filter((_, i) => vectors[i] !== undefined);
  const rows = vectors.filter((vector) => vector !== undefined);
  const table = new Float32Array(rows.length * rows[0].length);
  for (const [i, row] of rows.entries()) table.set(row, i * row.length);
  return new WordVectors(known, table, rows[0].length);
}
