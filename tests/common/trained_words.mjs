// Trains word vectors in every way there is, and hashes the bits of the vectors. Runs in pages and in Node.js alike.

import { hashVectors } from "./same_bits.mjs";

/** Every method that predicts, with every architecture and loss. */
export const trainings = ["word2vec", "fasttext"].flatMap((method) =>
  ["skipgram", "cbow"].flatMap((architecture) =>
    ["negative-sampling", "hierarchical-softmax"].map((loss) => ({ method, architecture, loss })),
  ),
);

const everyTraining = [...trainings, { method: "glove", xMax: 3 }];

export const nameOf = ({ method, architecture, loss }) => [method, architecture, loss].filter(Boolean).join(", ");

/** What hashTrained answers in every engine. */
export const goldenTrained = {
  "word2vec, skipgram, negative-sampling": "6025542386c53f8c1d07325f9e88536bf5ab18eea76e513b4a945798491d450c",
  "word2vec, skipgram, hierarchical-softmax": "7fd34d81db36a493dc4312998668fff9b0c7522fd07f10c0201f084fe0dd3eab",
  "word2vec, cbow, negative-sampling": "9df30b7e39ffffb0b865b3a08f82368af23212f9e91ce560b34d773117995bd4",
  "word2vec, cbow, hierarchical-softmax": "6a5b653791457b7982d76708a643842eb4dce7bf859baf7f06d43c7089bdd8b7",
  "fasttext, skipgram, negative-sampling": "c5b0828368c146ad7a097dc6083714e4805f0dc01be1a0db40774ca5588d770d",
  "fasttext, skipgram, hierarchical-softmax": "27b7f321f6f536ccf12e9b7052c08c970ee871211de4569c4b944e22b13633ae",
  "fasttext, cbow, negative-sampling": "77a6c9021c4c70dfc173a8ce0f87e63b70b14f148396e4077de2878630e88b26",
  "fasttext, cbow, hierarchical-softmax": "a2e705223acede31b50b0914a1ffc27329a5c0c7a7c4be760b88a8053d69adf4",
  glove: "6cd3df8d8b268910102839379f44968e507344eec55fe6f8848390d7f88570ee",
  checkpoint: "a250d859f50e7f56765908c12e882076da4e0cf6b68331b05990ac19b88015b3",
};

/** Of the golden sentences' vectors by two workers: `minCount` 2, 20 dimensions. */
export const goldenTrainedInWorkers = "910367b874bb9c915e58c3b3dc9c6f7a8c89a9ca59b39d44e6d8613facb84efb";

/** Numbers of the output layer after the first step, which is as long everywhere. */
async function firstCheckpoint(trainWordVectors, texts) {
  const checkpoints = [];
  const onCheckpoint = (checkpoint) => void checkpoints.push(checkpoint);
  await trainWordVectors(texts, { minCount: 2, epochs: 2, checkpointEvery: 0, onCheckpoint });
  return new Float32Array(checkpoints[0].slice(-40_000).buffer);
}

/** @param trainWordVectors of kinvec/words */
export async function hashTrained(trainWordVectors, texts) {
  const hashes = {};
  for (const training of everyTraining) {
    const { rows } = await trainWordVectors(texts, { ...training, dimensions: 18, minCount: 2, epochs: 2 });
    hashes[nameOf(training)] = await hashVectors([rows]);
  }
  hashes.checkpoint = await hashVectors([await firstCheckpoint(trainWordVectors, texts)]);
  return hashes;
}
