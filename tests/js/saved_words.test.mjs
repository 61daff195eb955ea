// Word vectors as files: what is saved is read back bit for bit, in every format.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadWordVectors, saveWordVectors, saveWordVectorsStream, WordVectors } from "kinvec/words";
import { cosine, goldenPath } from "./goldens.mjs";
import { assertSameBits, failsWith } from "./helpers.mjs";

const formats = ["word2vec", "word2vec-binary", "glove", "fasttext"];
const trained = await loadWordVectors(goldenPath("words/skipgram.bin"));

/** Numbers of all sizes that 32 bits can hold, from the smallest to the largest, and both zeros. */
function allSizes(count) {
  const bits = Uint32Array.from({ length: count }, (_, i) => Math.imul(i, 0x9e3779b1));
  const numbers = new Float32Array(bits.buffer).map((value) => (Number.isFinite(value) ? value : 1 / 3));
  numbers.set([0, -0, 1.401298464324817e-45, 3.4028234663852886e38, -1.1754943508222875e-38, 0.1, 16777216]);
  return numbers;
}

const text = (bytes) => new TextDecoder().decode(bytes);

describe("saved word vectors", () => {
  for (const format of formats) {
    it(`have the same bits when they are loaded (${format})`, async () => {
      const numbers = allSizes(3000);
      const words = Array.from({ length: 1000 }, (_, i) => `w\u00f6rd${i}`);
      const bytes = saveWordVectors(new WordVectors(words, numbers, 3), { format });
      const back = await loadWordVectors(bytes);
      assert.deepEqual(back.words, words);
      assertSameBits(back.rows, numbers);
      assert.deepEqual(saveWordVectors(back, { format }), bytes);
    });

    it(`have the vectors that sub-words make of them (${format})`, async () => {
      const back = await loadWordVectors(saveWordVectors(trained, { format }));
      for (const word of trained.words) assertSameBits(back.vector(word), trained.vector(word), word);
      if (format !== "fasttext") assert.equal(back.subwords, undefined);
      else assertSameBits(back.vector("unseen"), trained.vector("unseen"));
    });

    it(`come as the same bytes in pieces (${format})`, async () => {
      const large = new WordVectors(["a", "b", "c"], allSizes(3 * 40_000), 40_000);
      const response = new Response(saveWordVectorsStream(large, { format }));
      assert.deepEqual(new Uint8Array(await response.arrayBuffer()), saveWordVectors(large, { format }));
    });
  }

  it("are rounded to 8 bits and a scale for each row where that is asked for (gguf)", async () => {
    const bytes = saveWordVectors(trained, { format: "gguf" });
    const binary = saveWordVectors(trained, { format: "fasttext" });
    assert.ok(bytes.length < binary.length / 1.5);
    for (const source of [bytes, new Blob([bytes]).stream()]) {
      const back = await loadWordVectors(source);
      assert.deepEqual(
        [back.words, back.dimensions, back.subwords],
        [trained.words, trained.dimensions, trained.subwords],
      );
      for (let row = 0; row < trained.rows.length / 7; row++) {
        const [given, read] = [trained, back].map(({ rows }) => rows.subarray(7 * row, 7 * row + 7));
        const step = Math.max(...given.map(Math.abs)) / 127;
        for (const [d, value] of given.entries()) assert.ok(Math.abs(value - read[d]) <= step * 0.5001);
      }
      assert.ok(cosine(back.vector("unseen"), trained.vector("unseen")) > 0.999);
    }
    const few = await loadWordVectors(bytes, { limit: 3 });
    assert.deepEqual(few.words, trained.words.slice(0, 3));
    assert.ok(cosine(few.vector("unseen"), trained.vector("unseen")) > 0.999);
  });

  it("have zeros for n-grams that were pruned (fasttext)", async () => {
    const pruned = await loadWordVectors(goldenPath("words/pruned.ftz"));
    const back = await loadWordVectors(saveWordVectors(pruned, { format: "fasttext" }));
    const { kept, ...subwords } = pruned.subwords;
    assert.deepEqual(back.subwords, subwords);
    const rows = pruned.words.length + subwords.buckets;
    assert.equal(back.rows.length, rows * pruned.dimensions);
    for (const [bucket, row] of kept) {
      const rowOf = (vectors, at) => vectors.rows.subarray(...[at, at + 1].map((i) => i * vectors.dimensions));
      const words = pruned.words.length;
      assertSameBits(rowOf(back, words + bucket), rowOf(pruned, words + row));
    }
    for (const word of ["question", "unseen"]) assert.ok(cosine(back.vector(word), pruned.vector(word)) > 0.99999);
  });

  it("keep which n-grams were pruned, and words of any characters (gguf)", async () => {
    const pruned = await loadWordVectors(goldenPath("words/pruned.ftz"));
    const back = await loadWordVectors(saveWordVectors(pruned, { format: "gguf" }));
    assert.deepEqual([...back.subwords.kept].sort(), [...pruned.subwords.kept].sort());
    assert.ok(cosine(back.vector("question"), pruned.vector("question")) > 0.999);
    const odd = new WordVectors(["", "New York", "a\0b", "\u{1F600}"], new Float32Array([0, 1, -2, 3]), 1);
    const again = await loadWordVectors(saveWordVectors(odd, { format: "gguf" }));
    assert.deepEqual(again.words, odd.words);
    for (const word of odd.words) assert.ok(Math.abs(again.vector(word)[0] - odd.vector(word)[0]) < 1e-6);
  });

  it("are the lines that other tools read", () => {
    const vectors = new WordVectors(["cat", "dog"], new Float32Array([0.1, -2, 1e-7, 1e30]), 2);
    assert.equal(text(saveWordVectors(vectors, { format: "word2vec" })), "2 2\ncat 0.1 -2\ndog 1e-7 1e+30\n");
    assert.equal(text(saveWordVectors(vectors, { format: "glove" })), "cat 0.1 -2\ndog 1e-7 1e+30\n");
  });

  it("may be none, where the file says how many there are", async () => {
    const none = new WordVectors([], new Float32Array(), 3);
    for (const format of ["word2vec", "word2vec-binary", "fasttext"]) {
      const back = await loadWordVectors(saveWordVectors(none, { format }), { format });
      assert.deepEqual([back.words.length, back.dimensions], [0, 3]);
    }
  });

  it("are as FastText has them, but for its output layer and counts", async () => {
    const saved = Buffer.from(saveWordVectors(trained, { format: "fasttext" }));
    assert.equal(saved.readInt32LE(0), 793712314);
    assert.equal(saved.readDoubleLE(56), 1e-4);
    assert.equal(saved.readBigInt64LE(84), -1n);
    assert.deepEqual((await loadWordVectors(saved)).subwords, trained.subwords);
  });
});

describe("word vectors are not saved", () => {
  const refused = (vectors, options, pattern) =>
    failsWith("INVALID_ARGUMENT", () => saveWordVectors(vectors, options), pattern);
  const one = (word, value = 1) => new WordVectors(["a", word], new Float32Array([0, value]), 1);

  it("with a word that the format cannot hold", async () => {
    for (const word of ["", "New York", "tab\tbed", "line\nend", "zero\0"]) {
      for (const format of formats.slice(0, 3)) {
        assert.equal((await refused(one(word), { format }, /cannot hold the word/)).at, 1);
      }
    }
    await refused(one("zero\0"), { format: "fasttext" }, /cannot hold/);
    const { words } = await loadWordVectors(saveWordVectors(one("New York"), { format: "fasttext" }));
    assert.deepEqual(words, ["a", "New York"]);
  });

  it("with a number that is not finite", async () => {
    for (const format of formats) await refused(one("b", Number.NaN), { format }, /not finite/);
  });

  it("with arguments that are wrong", async () => {
    await refused([1, 2], { format: "glove" }, /must be WordVectors, not array/);
    await refused(one("b"), {}, /options.format is missing/);
    await refused(one("b"), undefined, /options.format is missing/);
    await refused(one("b"), { format: "csv" }, /options.format/);
    await failsWith("INVALID_ARGUMENT", () => saveWordVectorsStream(one("b"), { format: "csv" }));
  });
});
