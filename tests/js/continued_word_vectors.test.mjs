// Training word vectors on: what becomes of words that the new texts have and have not, with and without the output layer, as
// gensim does it, and which options go with it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { loadWordVectors, saveWordVectors, trainWordVectors, WordVectors } from "kinvec/words";
import { goldenPath } from "./goldens.mjs";
import { assertSameBits, failsWith } from "./helpers.mjs";
import { corpus, domain, hashOf, newWords, worlds } from "./word_training_texts.mjs";

const small = { dimensions: 10, minCount: 1, subsample: 0, epochs: 10, learningRate: 0.05 };
const further = { minCount: 1, subsample: 0, epochs: 10, learningRate: 0.05 };
const foods = worlds[1];
const row = ({ rows, words, dimensions }, word) => {
  const at = words.indexOf(word);
  return rows.subarray(at * dimensions, (at + 1) * dimensions);
};

describe("word vectors that are trained on", () => {
  for (const architecture of ["skipgram", "cbow"]) {
    for (const keepOutput of [false, true]) {
      const kind = `${architecture}${keepOutput ? ", with the output layer" : ""}`;
      it(`stay as they are where the texts do not have the word, and else go where it now belongs (${kind})`, async () => {
        const initial = await trainWordVectors(corpus, { ...small, architecture, keepOutput });
        const before = hashOf(initial);
        const vectors = await trainWordVectors(domain, { ...further, architecture, initial });
        assert.equal(hashOf(initial), before);
        assert.deepEqual(vectors.words.slice(0, 8), initial.words);
        assert.deepEqual(vectors.words.slice(8).sort(), [...newWords].sort());
        for (const word of [...foods, "sunlight"]) assertSameBits(row(vectors, word), row(initial, word), word);
        for (const word of ["sky", "moonlight"]) assert.notDeepEqual(row(vectors, word), row(initial, word));
        assert.ok(initial.similarity("sky", "moonlight") > 0.5);
        for (const word of newWords) {
          for (const former of ["moonlight", "starlight"]) {
            assert.ok(vectors.similarity("sky", word) > vectors.similarity("sky", former) + 0.2, `${word}, ${former}`);
          }
        }
        assert.equal(vectors.output, undefined);
      });
    }
  }

  it("have the same bits each time, and others with another seed", async () => {
    const initial = await trainWordVectors(corpus, { ...small, keepOutput: true });
    const hash = async (seed) => hashOf(await trainWordVectors(domain, { ...further, initial, seed }));
    assert.equal(await hash(1), await hash(1));
    assert.notEqual(await hash(1), await hash(2));
  });

  it("stay as they are where a word is too rare, or there is no time for it", async () => {
    const initial = await trainWordVectors(corpus, small);
    const texts = [...domain, "soup soup bacon"];
    const vectors = await trainWordVectors(texts, { ...further, initial, minCount: 3 });
    assertSameBits(row(vectors, "soup"), row(initial, "soup"));
    assert.ok(!vectors.has("bacon"));
    const none = await trainWordVectors(domain, { ...further, initial, onProgress: () => false });
    for (const word of initial.words) assertSameBits(row(none, word), row(initial, word), word);
  });

  it("keep sub-words, and have those of new words (fasttext)", async () => {
    const training = { ...small, method: "fasttext", minn: 3, maxn: 4, buckets: 5000 };
    const initial = await trainWordVectors(corpus, training);
    const vectors = await trainWordVectors(domain, { ...further, initial });
    const { kept, ...settings } = vectors.subwords;
    assert.deepEqual(settings, { minn: 3, maxn: 4, buckets: 5000 });
    for (const [bucket, at] of initial.subwords.kept) assert.equal(kept.get(bucket), at);
    assert.ok(kept.size > initial.subwords.kept.size);
    // No other word has its n-grams.
    assertSameBits(vectors.vector("bread"), initial.vector("bread"));
    assertSameBits(row(vectors, "sunlight"), row(initial, "sunlight"));
    assert.notDeepEqual(vectors.vector("sunlight"), initial.vector("sunlight")); // those of "light" are trained
    assert.ok(vectors.similarity("shaders", "shader") > 0.8);
  });

  it("go on from n-grams alone, where no word is known (fasttext)", async () => {
    const subwords = { minn: 3, maxn: 4, buckets: 50 };
    const initial = new WordVectors([], new Float32Array(50 * 8).fill(3), 8, subwords);
    const vectors = await trainWordVectors([["cat"]], { initial, minCount: 1 });
    assert.ok(vectors.rows.subarray(8).every((value) => value === 3));
  });

  it("keep a row for every bucket where they had one (fasttext)", async () => {
    const initial = await loadWordVectors(goldenPath("words/skipgram.bin"));
    const vectors = await trainWordVectors(domain, { ...further, initial });
    assert.deepEqual(vectors.subwords, initial.subwords);
    assert.ok(newWords.every((word) => vectors.has(word)));
    assertSameBits(row(vectors, "the"), row(initial, "the"));
  });
});

describe("an output layer", () => {
  it("is kept if asked for, with the counts of all texts", async () => {
    const initial = await trainWordVectors(corpus, { ...small, keepOutput: true });
    const { architecture, counts, rows } = initial.output;
    assert.equal(architecture, "skipgram");
    assert.equal(rows.length, 80);
    assert.ok(rows.some((value) => value !== 0));
    const occurrences = (texts, word) =>
      texts
        .join(" ")
        .split(" ")
        .filter((other) => other === word).length;
    assert.deepEqual(
      [...counts],
      initial.words.map((word) => occurrences(corpus, word)),
    );
    const vectors = await trainWordVectors(domain, { ...further, initial, keepOutput: true });
    const expected = vectors.words.map((word) => occurrences([...corpus, ...domain], word));
    assert.deepEqual([...vectors.output.counts], expected);
    assert.equal(vectors.output.rows.length, vectors.rows.length);
    assert.equal((await trainWordVectors(corpus, small)).output, undefined);
  });

  it("is there without an earlier one", async () => {
    const initial = await trainWordVectors(corpus, small);
    const { output, words } = await trainWordVectors(domain, { ...further, initial, keepOutput: true });
    const at = words.indexOf("soup");
    assert.equal(output.counts[at], 0);
    assert.ok(output.rows.subarray(10 * at, 10 * at + 10).every((value) => value === 0));
    assert.ok(output.counts[words.indexOf("pixel")] > 100);
  });

  for (const architecture of ["skipgram", "cbow"]) {
    it(`is saved in FastText's file, and loaded if asked for (${architecture})`, async () => {
      const initial = await trainWordVectors(corpus, { ...small, architecture, keepOutput: true });
      const file = saveWordVectors(initial, { format: "fasttext" });
      assert.equal((await loadWordVectors(file)).output, undefined);
      const loaded = await loadWordVectors(file, { keepOutput: true });
      assert.deepEqual(loaded.output, initial.output);
      const [first, second] = await Promise.all(
        [initial, loaded].map((vectors) => trainWordVectors(domain, { ...further, initial: vectors })),
      );
      assert.equal(hashOf(first), hashOf(second));
      const few = await loadWordVectors(file, { keepOutput: true, limit: 3 });
      assertSameBits(few.output.rows, initial.output.rows.subarray(0, 30));
      assert.deepEqual(few.output.counts, initial.output.counts.slice(0, 3));
    });
  }

  it("stands behind rows of buckets that no word has", async () => {
    const output = { architecture: "cbow", counts: Float64Array.of(2, 1), rows: Float32Array.of(1, 2, 3, 4) };
    const vectors = new WordVectors(
      ["a", "b"],
      new Float32Array(14).fill(5),
      2,
      { minn: 0, maxn: 0, buckets: 5 },
      output,
    );
    const file = saveWordVectors(vectors, { format: "fasttext" });
    assert.deepEqual((await loadWordVectors(file, { keepOutput: true })).output, output);
  });

  it("is saved with words that never occurred as such that occur once, without which gensim reads no file", async () => {
    const output = { architecture: "cbow", counts: Float64Array.of(3, 0, 1), rows: Float32Array.of(1, 2, 3) };
    const vectors = new WordVectors(["a", "b", "c"], Float32Array.of(1, 2, 3), 1, undefined, output);
    const file = saveWordVectors(vectors, { format: "fasttext" });
    assert.deepEqual((await loadWordVectors(file, { keepOutput: true })).output.counts, Float64Array.of(3, 1, 1));
  });

  it("is none in a file whose rows are zeros", async () => {
    const file = saveWordVectors(await trainWordVectors(corpus, small), { format: "fasttext" });
    assert.equal((await loadWordVectors(file, { keepOutput: true })).output, undefined);
  });

  it("is none in a file that has none of negative sampling", async () => {
    for (const name of ["softmax.bin", "negative.bin", "pruned.ftz"]) {
      const vectors = await loadWordVectors(goldenPath(`words/${name}`), { keepOutput: true });
      assert.equal(vectors.output, undefined, name);
    }
  });

  it("is checked when vectors are made", async () => {
    const make = (output) => () => new WordVectors(["a", "b"], new Float32Array(6), 3, undefined, output);
    const output = { architecture: "cbow", counts: new Float64Array(2), rows: new Float32Array(6) };
    assert.deepEqual(make(output)().output, output);
    await failsWith("INVALID_ARGUMENT", make(null), /output must be an object, not null/);
    await failsWith("INVALID_ARGUMENT", make({ ...output, architecture: "sg" }), /output\.architecture must be one of/);
    await failsWith(
      "INVALID_ARGUMENT",
      make({ ...output, architecture: undefined }),
      /output\.architecture is missing/,
    );
    await failsWith("INVALID_ARGUMENT", make({ ...output, counts: [1, 2] }), /output\.counts must be a Float64Array/);
    for (const count of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const counts = Float64Array.of(1, count);
      await failsWith("INVALID_ARGUMENT", make({ ...output, counts }), /output\.counts\[1\] must be a whole number/);
    }
    await failsWith("INVALID_ARGUMENT", make({ ...output, rows: [1] }), /output\.rows must be a Float32Array/);
    await failsWith("DIMENSION_MISMATCH", make({ ...output, rows: new Float32Array(5) }), /2 counts and rows of 3/);
  });
});

describe("a model of gensim that is trained on", () => {
  it("comes to the cosines that gensim comes to", async () => {
    const golden = JSON.parse(readFileSync(goldenPath("words/continued.json"), "utf8"));
    const initial = await loadWordVectors(goldenPath("words/continued.bin"), { keepOutput: true });
    const differences = (vectors, expected) =>
      Object.entries(expected).map(([pair, cosine]) => Math.abs(vectors.similarity(...pair.split(" ")) - cosine));
    const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    assert.ok(Math.max(...differences(initial, golden.before)) < 1e-6);
    assert.ok(mean(differences(initial, golden.after)) > 0.2);
    const vectors = await trainWordVectors(golden.texts, { ...further, initial });
    assert.ok(mean(differences(vectors, golden.after)) < 0.03);
    assert.ok(Math.max(...differences(vectors, golden.after)) < 0.15);
  });
});

describe("vectors that are not trained on", () => {
  const refused = (options, pattern, code = "INVALID_ARGUMENT") =>
    failsWith(code, () => trainWordVectors(corpus, options), pattern);

  it("are refused by name, with options that are not theirs", async () => {
    const initial = await trainWordVectors(corpus, { ...small, keepOutput: true });
    await refused({ initial: 7 }, /options\.initial must be WordVectors, not number/);
    await refused({ initial: { words: [] } }, /options\.initial must be WordVectors, not object/);
    await refused(
      { initial, dimensions: 11 },
      /options\.dimensions is 11, the vectors .* have 10/,
      "DIMENSION_MISMATCH",
    );
    await refused(
      { initial, method: "glove" },
      /options\.method is "glove", which for options\.initial must be "word2vec"/,
    );
    await refused({ initial, method: "fasttext" }, /options\.method is "fasttext", which .* must be "word2vec"/);
    await refused({ initial, architecture: "cbow" }, /options\.architecture is "cbow", which .* must be "skipgram"/);
    await refused({ initial, loss: "hierarchical-softmax" }, /options\.loss is .* must be "negative-sampling"/);
    await refused({ initial, minn: 3 }, /options\.minn is nothing that method "word2vec"/);
    const subwords = await loadWordVectors(goldenPath("words/skipgram.bin"));
    await refused({ initial: subwords, minn: 3 }, /options\.minn is 3, which for options\.initial must be 2/);
    await refused({ initial: subwords, buckets: 100 }, /options\.buckets is 100, which .* must be 200/);
    const wrong = new WordVectors(["a"], new Float32Array([1, Number.NaN]), 2);
    await refused({ initial: wrong }, /options\.initial\.rows\[1\] is NaN, not a finite number/);
    await refused({ keepOutput: 1 }, /options\.keepOutput must be true or false/);
    await refused({ keepOutput: true, loss: "hierarchical-softmax" }, /options\.keepOutput is nothing that loss/);
    await refused({ keepOutput: true, method: "glove" }, /options\.keepOutput is nothing that method/);
    await failsWith(
      "INVALID_ARGUMENT",
      () => loadWordVectors(new Uint8Array(9), { keepOutput: 1 }),
      /options\.keepOutput/,
    );
  });
});
