// Coverage-guided fuzzing of the readers of word vectors and text classifiers.
// Usage: node tests/fuzz/word_files_fuzz.mjs FOLDER SECONDS [SEED]
// The first byte of an input says which reader it is for. The rest is the file, or how one is damaged that is too long.

import { KinvecError } from "kinvec";
import { loadTextClassifier, loadWordVectors, saveWordVectors, WordVectors } from "kinvec/words";
import { tinyClassifier } from "../js/fasttext_file_maker.mjs";
import { xxh64 } from "../js/index_file_maker.mjs";
import { fuzzWithCoverage } from "./coverage_fuzzer.mjs";

const kMostMegabytes = 1000; // a file of 3 kB must not take more, nor may all that came before it
const [folder, seconds, seed = Date.now() % 2 ** 32] = process.argv.slice(2);

const words = ["a", "\u00e4", "</s>"];
const plain = new WordVectors(words, new Float32Array([1, -0.5, 2e-3, 4, 5, 6]), 2);
const subwords = new WordVectors(words, new Float32Array([1, 2, 3, 4, 5]), 1, { minn: 2, maxn: 3, buckets: 2 });
const pruned = tinyClassifier({
  kept: [
    [3, 1],
    [0, 0],
  ],
});
const gguf = saveWordVectors(subwords, { format: "gguf" });
const gguf4 = saveWordVectors(subwords, { format: "gguf", dtype: "q4" });
const small = (file) => ({ start: file, fileOf: (rest) => rest });
const damaged = (file, finish = (bytes) => bytes) => ({
  start: new Uint8Array(),
  fileOf: (rest) => finish(edit(file, rest)),
});

const readers = [
  ...["word2vec", "word2vec-binary", "glove", "fasttext"].map((format) => ({
    ...small(saveWordVectors(format === "fasttext" ? subwords : plain, { format })),
    read: (file) => useVectors(file, { format, keepOutput: true }),
  })),
  {
    ...small(new TextEncoder().encode("a 1 2\n")),
    read: (file) => useVectors(file, { invalidUtf8: "replace", limit: 2 }),
  },
  { ...small(tinyClassifier({ words: ["a"], labels: ["__label__b"], buckets: 1 })), read: useClassifier },
  { ...damaged(gguf), read: (file) => useVectors(file, {}) },
  { ...damaged(tinyClassifier({ loss: 1 })), read: useClassifier },
  { ...damaged(pruned), read: useClassifier },
  { ...damaged(pruned), read: (file) => useVectors(file, { invalidUtf8: "skip" }) },
  { ...damaged(withoutChecksum(gguf)), read: (file) => useVectors(file, {}) },
  { ...damaged(gguf4), read: (file) => useVectors(file, {}) },
  { ...damaged(gguf4, summed), read: (file) => useVectors(file, {}) },
];

/** As the package wrote files before they had one: of version 1. */
function withoutChecksum(file) {
  const bytes = Buffer.from(file);
  const key = "kinvec.version";
  bytes[bytes.indexOf(key) + key.length + 4] = 1;
  return bytes;
}

/** The file with the checksum that its bytes should have, wherever it is. */
function summed(file) {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf("xxh64:") + 6;
  if (at < 6 || at + 16 > bytes.length) return bytes;
  bytes.write("0".repeat(16), at);
  bytes.write(Buffer.from(xxh64(bytes)).reverse().toString("hex"), at);
  return bytes;
}

/** The file with one byte changed for every three of the input: the place, of 16 bits, and what is there. */
function edit(file, input) {
  const bytes = new Uint8Array(file);
  for (let i = 0; i + 2 < input.length; i += 3) bytes[(input[i] + 256 * input[i + 1]) % bytes.length] = input[i + 2];
  // What is left over cuts the file.
  return input.length % 3 === 1 ? bytes.subarray(0, input.at(-1) * 16) : bytes;
}

async function useVectors(file, options) {
  const vectors = await loadWordVectors(file, options);
  if (!vectors.rows.every(Number.isFinite)) throw new Error("a vector is not finite");
  for (const word of [...vectors.words.slice(0, 3), "unseen"]) vectors.vector(word);
  if (vectors.words.length > 0) vectors.nearest(vectors.words[0]);
}

async function useClassifier(file) {
  const classifier = await loadTextClassifier(file);
  for (const { label } of classifier.predict("a \u00e4 b", { topK: 3 })) {
    if (!classifier.labels.includes(label)) throw new Error(`no label ${label}`);
  }
}

process.stdout.write(`seed ${seed}\n`);
const result = await fuzzWithCoverage(
  async (input) => {
    const { fileOf, read } = readers[(input[0] ?? 0) % readers.length];
    const file = fileOf(input.subarray(1));
    // Of a stream it is not known how long it is.
    const isStream = (input[0] ?? 0) >= 128;
    try {
      await read(isStream ? new Blob([file]).stream() : file);
    } catch (error) {
      if (!(error instanceof KinvecError) || error.code === "INVALID_ARGUMENT") throw error;
    }
  },
  {
    folder,
    seeds: readers.map(({ start }, i) => Uint8Array.from([i, ...start])),
    seconds: Number(seconds),
    seed: Number(seed),
    mostBytes: kMostMegabytes << 20,
    isCounted: (url) => /\/dist\/(words|search)[^/]*\.mjs$/.test(url),
    onKept: () => {},
  },
);
process.exitCode = result.findings > 0 ? 1 : 0;
