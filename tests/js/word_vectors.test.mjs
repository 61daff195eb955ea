// Word vectors once they are there: neighbours, analogies, and vectors of words that were never seen.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadWordVectors, WordVectors } from "kinvec/words";
import { cosine, goldenJson, goldenPath } from "./goldens.mjs";
import { assertSameBits, failsWith, norm } from "./helpers.mjs";

const golden = goldenJson("words/vectors.json"); // by FastText, the analogies by gensim
const trained = await loadWordVectors(goldenPath("words/skipgram.bin"));

/** Animals that are alike, and a tax that is not. */
function pets() {
  return new WordVectors(["cat", "dog", "tax"], new Float32Array([3, 0.6, 1, 0.3, 0, 1]), 2);
}

const namesOf = (found) => found.map(({ word }) => word);

describe("word vectors", () => {
  it("are those that were given, in copies", () => {
    const vectors = pets();
    assertSameBits(vectors.vector("dog"), [1, 0.3]);
    vectors.vector("dog").fill(7);
    assertSameBits(vectors.vector("dog"), [1, 0.3]);
    assert.equal(vectors.vector("cow"), undefined);
    assert.deepEqual([vectors.has("tax"), vectors.has("cow"), vectors.has("__proto__")], [true, false, false]);
    assert.deepEqual([vectors.words.length, vectors.dimensions, vectors.subwords], [3, 2, undefined]);
  });

  it("have the words of the highest cosine for neighbours, but not the word itself", () => {
    const vectors = pets();
    assert.deepEqual(namesOf(vectors.nearest("cat")), ["dog", "tax"]);
    const [{ score }] = vectors.nearest("cat", { topK: 1 });
    assert.ok(Math.abs(score - cosine([3, 0.6], [1, 0.3])) < 1e-6);
    assert.deepEqual(namesOf(vectors.nearest("cat", { exclude: ["dog"] })), ["tax"]);
  });

  it("have neighbours of any vector, at any length", () => {
    assert.deepEqual(namesOf(pets().nearest(new Float32Array([0, 1e-20]))), ["tax", "dog", "cat"]);
    assert.deepEqual(namesOf(pets().nearest(new Float32Array([0, 3e38]), { topK: 2 })), ["tax", "dog"]);
    assert.deepEqual(
      pets()
        .nearest(new Float32Array(2))
        .map(({ score }) => score),
      [0, 0, 0],
    );
  });

  it("never score beyond 1", () => {
    const vectors = new WordVectors(["a", "b"], new Float32Array([0.1, 0.7, 0.3, 0.3, 2.1, 0.9]), 3);
    const [{ score }] = vectors.nearest("a");
    assert.ok(score <= 1 && score > 1 - 1e-6);
  });

  it("tell how alike two words are", () => {
    assert.ok(Math.abs(pets().similarity("cat", "dog") - cosine([3, 0.6], [1, 0.3])) < 1e-6);
    assert.equal(pets().similarity("cat", "cow"), undefined);
  });

  it("give the analogies of gensim", () => {
    const plain = new WordVectors(
      trained.words,
      Float32Array.from(trained.words.flatMap((word) => [...trained.vector(word)])),
      trained.dimensions,
    );
    for (const { positive, negative, found } of golden.analogies) {
      const own = plain.analogy({ positive, negative, topK: found.length });
      assert.deepEqual(
        namesOf(own),
        found.map(([word]) => word),
      );
      for (const [i, [, score]] of found.entries()) assert.ok(Math.abs(own[i].score - score) < 1e-6);
    }
  });

  it("leave all words that were given out of an analogy", () => {
    assert.deepEqual(namesOf(pets().analogy({ positive: ["cat"], negative: ["tax"] })), ["dog"]);
  });

  it("may be none", () => {
    const none = new WordVectors([], new Float32Array(), 3);
    assert.deepEqual(none.nearest(new Float32Array(3)), []);
  });
});

describe("word vectors with sub-words", () => {
  it("are FastText's, of words that are known and that are not", () => {
    for (const [word, expected] of Object.entries(golden.vectors)) assertSameBits(trained.vector(word), expected, word);
    assert.deepEqual(trained.words, golden.words);
    assert.equal(trained.has("unseen"), false);
  });

  it("have FastText's neighbours", () => {
    for (const [word, expected] of Object.entries(golden.nearest)) {
      const own = trained.nearest(word);
      assert.deepEqual(
        namesOf(own),
        expected.map(([found]) => found),
      );
      for (const [i, [, score]] of expected.entries()) assert.ok(Math.abs(own[i].score - score) < 1e-5);
    }
  });

  it("have a vector of zeros for a word without n-grams", () => {
    const settings = { minn: 4, maxn: 5, buckets: 2 };
    const vectors = new WordVectors(["cat"], new Float32Array([1, 2, 3]), 1, settings);
    assertSameBits(vectors.vector("a"), [0]);
    assert.notEqual(norm(vectors.vector("cats")), 0);
  });

  it("pass over n-grams whose rows were pruned", () => {
    const all = new WordVectors([], new Float32Array([5, 7]), 1, { minn: 3, maxn: 3, buckets: 2 });
    const one = (bucket) =>
      new WordVectors([], new Float32Array([9]), 1, { minn: 3, maxn: 3, buckets: 2, kept: new Map([[bucket, 0]]) });
    const bucket = all.vector("a")[0] === 5 ? 0 : 1; // of "<a>", the one n-gram there is
    assertSameBits(one(bucket).vector("a"), [9]);
    assertSameBits(one(1 - bucket).vector("a"), [0]);
  });
});

describe("wrong arguments of word vectors", () => {
  it("are refused when they are made", async () => {
    const make =
      (...given) =>
      () =>
        new WordVectors(...given);
    const two = new Float32Array(2);
    await failsWith("INVALID_ARGUMENT", make("cat", two, 2), /words must be an array/);
    await failsWith("INVALID_ARGUMENT", make(["cat", 1], two, 1), /words\[1\]/);
    assert.equal(
      (await failsWith("INVALID_ARGUMENT", make(["a", "b", "a"], new Float32Array(3), 1), /second time/)).at,
      2,
    );
    await failsWith("INVALID_ARGUMENT", make(["cat"], [1, 2], 2), /Float32Array, not array/);
    await failsWith("DIMENSION_MISMATCH", make(["cat"], two, 3), /1 rows of 3 numbers, not 2/);
    for (const dimensions of [0, 1.5, 65537, undefined])
      await failsWith("INVALID_ARGUMENT", make(["cat"], two, dimensions));
    for (const subwords of [
      "3-6",
      { minn: 3, maxn: 2, buckets: 5 },
      { minn: 3, maxn: 6, buckets: 0 },
      { minn: 3, maxn: 6 },
      { minn: 3, maxn: 6, buckets: 5, kept: [] },
      { minn: 3, maxn: 6, buckets: 5, kept: new Map([[4, 1]]) },
      { minn: 3, maxn: 6, buckets: 5, kept: new Map([[5, 0]]) },
      { minn: 3, maxn: 6, buckets: 5, kept: new Map([[3, 0], [4, 0]]) }, // biome-ignore format: as above
    ]) {
      await failsWith("INVALID_ARGUMENT", make(["cat"], two, 1, subwords), /subwords/);
    }
  });

  it("are refused when something is asked", async () => {
    const vectors = pets();
    await failsWith("INVALID_ARGUMENT", () => vectors.vector(1), /text must be a string/);
    await failsWith("INVALID_ARGUMENT", () => vectors.nearest("cow"), /no vector of "cow"/);
    await failsWith("INVALID_ARGUMENT", () => vectors.nearest([1, 2]), /Float32Array, not array/);
    await failsWith("DIMENSION_MISMATCH", () => vectors.nearest(new Float32Array(3)));
    await failsWith("INVALID_ARGUMENT", () => vectors.nearest(new Float32Array([1, Number.NaN])), /query\[1\]/);
    await failsWith("INVALID_ARGUMENT", () => vectors.nearest("cat", { topK: 0 }));
    await failsWith("INVALID_ARGUMENT", () => vectors.nearest("cat", { exclude: 1 }), /options.exclude/);
    await failsWith("INVALID_ARGUMENT", () => vectors.analogy({}), /no word/);
    await failsWith("INVALID_ARGUMENT", () => vectors.analogy({ positive: ["cow"] }));
    await failsWith(
      "INVALID_ARGUMENT",
      () => vectors.analogy({ positive: ["cat"], negative: [1] }),
      /options.negative\[0\]/,
    );
    assert.deepEqual(namesOf(vectors.nearest("cat")), ["dog", "tax"]);
  });
});
