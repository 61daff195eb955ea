// Damaged files of word vectors and classifiers: each is refused with an error of the list, or was damaged where it does no
// harm.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { KinvecError } from "kinvec";
import { loadTextClassifier, loadWordVectors, saveWordVectors, WordVectors } from "kinvec/words";
import { tinyClassifier } from "./fasttext_file_maker.mjs";
import { goldenPath } from "./goldens.mjs";

const kFiles = 2000; // of each kind

/** Numbers in [0, below) that are the same in every run (a 32-bit linear congruential generator). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Most damage is done to the front, where the sizes are. */
function placeIn(bytes, below) {
  return below(below(2) === 0 ? Math.min(bytes.length, 120) : bytes.length);
}

const damages = [
  (bytes, below) => bytes.subarray(0, placeIn(bytes, below)),
  (bytes, below) => {
    for (let i = 0; i < 3; i++) bytes[placeIn(bytes, below)] ^= 1 << below(8);
    return bytes;
  },
  (bytes, below) => {
    const absurd = [0xffffffff, 0x7fffffff, 0x80000000, 0, 1 << 20][below(5)];
    bytes.writeUInt32LE(absurd, Math.min(placeIn(bytes, below), bytes.length - 4));
    return bytes;
  },
  (bytes, below) => {
    const [at, end] = [placeIn(bytes, below), placeIn(bytes, below)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
  },
  (bytes, below) => {
    bytes[placeIn(bytes, below)] = [0, 0x0a, 0x20, 0x2d, 0x39, 0xff][below(6)];
    return bytes;
  },
];

/** In pieces, as from a server that does not say how many bytes will come. */
function stream(bytes) {
  return new Blob([bytes]).stream();
}

async function outcome(use) {
  try {
    await use();
    return "loaded";
  } catch (error) {
    assert.ok(error instanceof KinvecError, error?.stack);
    return error.code;
  }
}

async function useVectors(source, format) {
  const vectors = await loadWordVectors(source, { format, keepOutput: true });
  assert.ok(vectors.rows.every(Number.isFinite));
  for (const word of [...vectors.words.slice(0, 3), "unseen"]) {
    assert.ok([undefined, vectors.dimensions].includes(vectors.vector(word)?.length));
  }
  if (vectors.words.length > 0) vectors.nearest(vectors.words[0], { topK: 2 });
}

async function useClassifier(source) {
  const classifier = await loadTextClassifier(source);
  for (const { label } of classifier.predict("how is a text </s> classified", { topK: 3 })) {
    assert.ok(classifier.labels.includes(label));
  }
}

const formats = ["word2vec", "word2vec-binary", "glove", "fasttext", "gguf"];
const words = ["the", "c\u00e4t", "\u65e5\u672c", "</s>"];
const plain = new WordVectors(
  words,
  Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  3,
);
const settings = { minn: 2, maxn: 3, buckets: 5 };
const withSubwords = new WordVectors(
  words,
  Float32Array.from({ length: 27 }, (_, i) => Math.sin(i)),
  3,
  settings,
);
const kept = [
  [3, 1],
  [0, 0],
];
const kinds = {
  word2vec: { bytes: saveWordVectors(plain, { format: "word2vec" }), use: useVectors },
  "word2vec-binary": { bytes: saveWordVectors(plain, { format: "word2vec-binary" }), use: useVectors },
  glove: { bytes: saveWordVectors(plain, { format: "glove" }), use: useVectors },
  fasttext: { bytes: saveWordVectors(withSubwords, { format: "fasttext" }), use: useVectors },
  gguf: { bytes: saveWordVectors(withSubwords, { format: "gguf" }), use: useVectors, checked: true },
  "gguf in 4 bits": {
    bytes: saveWordVectors(withSubwords, { format: "gguf", dtype: "q4" }),
    use: useVectors,
    checked: true,
  },
  "gguf without a checksum": { bytes: readFileSync(goldenPath("words/version-1.gguf")), use: useVectors },
  "quantised words": { bytes: tinyClassifier({ kept }), use: useVectors },
  classifiers: { bytes: tinyClassifier(), use: useClassifier },
  "classifiers with a tree": { bytes: tinyClassifier({ loss: 1 }), use: useClassifier },
  "quantised classifiers": { bytes: tinyClassifier({ kept }), use: useClassifier },
};

describe(`${kFiles} damaged files of each kind`, () => {
  for (const [kind, { bytes, use, checked = false }] of Object.entries(kinds)) {
    it(`give an error of the list or ${checked ? "were not damaged" : "do no harm"} (${kind})`, async () => {
      const below = numbers(kind.length);
      const counts = {};
      for (let i = 0; i < kFiles; i++) {
        const damaged = damages[i % damages.length](Buffer.from(bytes), below);
        // The format is said, or to be found; the size is known, or not.
        const format = i % 2 === 0 && formats.includes(kind) ? kind : undefined;
        const result = await outcome(() => use(i % 7 === 0 ? stream(damaged) : damaged, format));
        counts[result] = (counts[result] ?? 0) + 1;
        if (checked && result === "loaded") assert.deepEqual(new Uint8Array(damaged.subarray(0, bytes.length)), bytes);
      }
      const allowed = ["loaded", "MODEL_FORMAT", "MODEL_VERSION", "FETCH_FAILED", "UNSUPPORTED_ARCHITECTURE"];
      if (checked) allowed.push("MODEL_HASH", "UNSUPPORTED_DTYPE");
      assert.deepEqual(
        Object.keys(counts).filter((code) => !allowed.includes(code)),
        [],
      );
      assert.ok(counts.MODEL_FORMAT > kFiles / 10 && counts.loaded > 0, JSON.stringify(counts));
    });
  }
});
