// Word vectors as files: what is saved is read back bit for bit, in every format.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadWordVectors, saveWordVectors, saveWordVectorsStream, WordVectors } from "kinvec/words";
import { cosine, goldenPath } from "./goldens.mjs";
import { assertSameBits, failsWith } from "./helpers.mjs";
import { xxh64 } from "./index_file_maker.mjs";

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

  for (const [dtype, share, least] of [
    ["q8", 1.5, 0.9995],
    ["q4", 1.4, 0.99], // of 7 numbers a row, which have a whole group
  ]) {
    it(`are rounded where that is asked for (gguf, ${dtype})`, async () => {
      const bytes = saveWordVectors(trained, { format: "gguf", dtype });
      assert.ok(bytes.length < saveWordVectors(trained, { format: "fasttext" }).length / share);
      for (const source of [bytes, new Blob([bytes]).stream()]) {
        const back = await loadWordVectors(source);
        assert.deepEqual(
          [back.words, back.dimensions, back.subwords],
          [trained.words, trained.dimensions, trained.subwords],
        );
        for (let row = 0; row < trained.rows.length / 7; row++) {
          const [given, read] = [trained, back].map(({ rows }) => rows.subarray(7 * row, 7 * row + 7));
          const span =
            dtype === "q8" ? Math.max(...given.map(Math.abs)) / 127 : (Math.max(...given) - Math.min(...given)) / 15;
          // A group of 4 bits may be narrower than its numbers, where the whole comes nearer.
          const most = span * (dtype === "q8" ? 0.5001 : 2.75);
          for (const [d, value] of given.entries()) assert.ok(Math.abs(value - read[d]) <= most);
          assert.ok(cosine(given, read) > least, `row ${row}: ${cosine(given, read)}`);
        }
        assert.ok(cosine(back.vector("unseen"), trained.vector("unseen")) > least);
      }
      const few = await loadWordVectors(bytes, { limit: 3 });
      assert.deepEqual(few.words, trained.words.slice(0, 3));
      assert.ok(cosine(few.vector("unseen"), trained.vector("unseen")) > least);
    });
  }

  it("are rounded to 8 bits unless another type is asked for (gguf)", () => {
    const bytes = saveWordVectors(trained, { format: "gguf" });
    assert.deepEqual(saveWordVectors(trained, { format: "gguf", dtype: "q8" }), bytes);
  });

  it("take 5 bits a number in groups of 32, in any number of dimensions and of any size (gguf)", async () => {
    for (const dimensions of [1, 16, 31, 32, 33, 64, 100, 300]) {
      const rows = Float32Array.from({ length: 20 * dimensions }, (_, i) => Math.sin(i * i) * 10 ** ((i / dimensions) - 10)); // biome-ignore format: a formula
      rows.fill(0, 0, dimensions);
      rows.set([2.9e38], dimensions);
      rows.set([1e-45], 2 * dimensions);
      const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
      const bytes = saveWordVectors(new WordVectors(words, rows, dimensions), { format: "gguf", dtype: "q4" });
      const groups = Math.ceil(dimensions / 32);
      assert.ok(bytes.length <= 20 * (4 + 20 * groups) + 1000);
      const back = await loadWordVectors(bytes);
      assert.deepEqual([...back.rows.subarray(0, dimensions)], Array(dimensions).fill(0));
      for (let row = 3; row < 20; row++) {
        const [given, read] = [rows, back.rows].map((all) => all.subarray(row * dimensions, (row + 1) * dimensions));
        assert.ok(cosine(given, read) > 0.99, `${dimensions}, row ${row}: ${cosine(given, read)}`);
      }
      assert.ok(Math.abs(back.rows[dimensions] / 2.9e38 - 1) < 0.01);
    }
  });

  it("of a file that had no checksum yet load as before (gguf)", async () => {
    const rows = Float32Array.from({ length: 27 }, (_, i) => Math.sin(i));
    const old = await loadWordVectors(goldenPath("words/version-1.gguf"));
    assert.deepEqual(old.words, ["the", "c\u00e4t", "\u65e5\u672c", "</s>"]);
    assert.deepEqual(old.subwords, { minn: 2, maxn: 3, buckets: 5 });
    const now = saveWordVectors(new WordVectors(old.words, rows, 3, old.subwords), { format: "gguf" });
    assertSameBits(old.rows, (await loadWordVectors(now)).rows);
  });

  it("state the checksum of the whole file but for its digits (gguf)", () => {
    for (const dtype of ["q8", "q4"]) {
      const bytes = Buffer.from(saveWordVectors(trained, { format: "gguf", dtype }));
      const at = bytes.indexOf("xxh64:") + 6;
      const digits = bytes.toString("latin1", at, at + 16);
      bytes.write("0".repeat(16), at);
      assert.equal(Buffer.from(xxh64(bytes)).reverse().toString("hex"), digits);
    }
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
    for (const format of [...formats, "gguf"]) {
      await refused(one("\ud83d"), { format }, /cannot hold the word "\\ud83d"/);
      if (format !== "gguf" && format !== "fasttext") continue;
      assert.equal((await loadWordVectors(saveWordVectors(one("\u{1f600}"), { format }))).words[1], "\u{1f600}");
    }
    const { words } = await loadWordVectors(saveWordVectors(one("New York"), { format: "fasttext" }));
    assert.deepEqual(words, ["a", "New York"]);
  });

  it("with a word that is longer than those that are read", async () => {
    const most = { word2vec: 2 ** 20 - 1, "word2vec-binary": 65535, glove: 2 ** 20 - 1, fasttext: 65535 };
    for (const [format, bytes] of Object.entries(most)) {
      const longest = "\u00f6".repeat((bytes - 1) / 2);
      const { words } = await loadWordVectors(saveWordVectors(one(`${longest}o`), { format }));
      assert.equal(words[1].length, (bytes + 1) / 2);
      const longer = one(`${longest}\u00f6`);
      const { at } = await refused(longer, { format }, new RegExp(`words\\[1\\] has ${bytes + 1} bytes`));
      assert.equal(at, 1);
      assert.deepEqual((await loadWordVectors(saveWordVectors(longer, { format: "gguf" }))).words, longer.words);
    }
  });

  it("with a number that is not finite", async () => {
    for (const format of [...formats, "gguf"])
      await refused(one("b", Number.NaN), { format }, /vectors\.rows\[1\] is NaN, not a finite number/);
    await refused(one("b", 3.1e38), { format: "gguf" }, /vectors\.rows\[1\] is .+, too large/);
  });

  it("with arguments that are wrong", async () => {
    await refused([1, 2], { format: "glove" }, /must be WordVectors, not array/);
    await refused(one("b"), {}, /options.format is missing/);
    await refused(one("b"), undefined, /options.format is missing/);
    await refused(one("b"), { format: "csv" }, /options.format/);
    await refused(one("b"), { format: "gguf", dtype: "f32" }, /options.dtype must be one of "q8", "q4"/);
    await refused(one("b"), { format: "glove", dtype: "q8" }, /options.dtype is for "gguf", not "glove"/);
    await failsWith("INVALID_ARGUMENT", () => saveWordVectorsStream(one("b"), { format: "csv" }));
  });
});
