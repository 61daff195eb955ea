// Makes one file of word vectors: trained on texts, or by embedding words one by one. As a thread it is told which as `workerData`.
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { load } from "kinvec";
import { saveWordVectors, splitWords, trainWordVectors, WordVectors } from "kinvec/words";

const BATCH = 256; // words that are embedded at a time

export const termsOf = (/** @type {string} */ text) => splitWords(text).map(({ term }) => term);

const train = (texts, options) => trainWordVectors(texts, { ...options, tokenizer: termsOf });

async function embed(words, file) {
  const model = await load(await readFile(file));
  const rows = new Float32Array(words.length * model.info().dimensions);
  for (let i = 0; i < words.length; i += BATCH) {
    const { vectors } = await model.embed(words.slice(i, i + BATCH));
    for (const [row, vector] of vectors.entries()) rows.set(vector, (i + row) * vector.length);
  }
  model.dispose();
  return new WordVectors(words, rows, rows.length / words.length);
}

if (parentPort) {
  const { texts, options, words, file } = workerData;
  const vectors = await (texts ? train(texts, options) : embed(words, file));
  parentPort.postMessage(saveWordVectors(vectors, { format: "gguf" }));
}
