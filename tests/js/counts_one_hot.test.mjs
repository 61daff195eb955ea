// One-hot vectors and sparse rows.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { similarity } from "kinvec";
import { Bm25 as SearchBm25 } from "kinvec/search";
import { Bm25, denseRows, OneHot } from "kinvec/words";
import { failsWith } from "./helpers.mjs";

describe("OneHot", () => {
  const words = new OneHot(["cat", "dog", "kitten"]);

  it("has a dimension for each word, in the order of the list", () => {
    assert.equal(words.dimensions, 3);
    assert.deepEqual(words.words, ["cat", "dog", "kitten"]);
    assert.deepEqual(words.vector("dog"), Float32Array.of(0, 1, 0));
    assert.equal(similarity(words.vector("cat"), words.vector("kitten")), 0);
  });

  it("has no vector of a word that is not in the list, and a row of zeros", () => {
    assert.equal(words.has("cow"), false);
    assert.equal(words.vector("cow"), undefined);
    const { data, indices, indptr, shape } = words.transform(["kitten", "cow", "cat"]);
    assert.deepEqual(data, Float64Array.of(1, 1));
    assert.deepEqual(indices, Int32Array.of(2, 0));
    assert.deepEqual(indptr, Int32Array.of(0, 1, 1, 2));
    assert.deepEqual(shape, [3, 3]);
  });

  it("gives rows that are its vectors", () => {
    assert.deepEqual(
      denseRows(words.transform(words.words)),
      words.words.map((word) => words.vector(word)),
    );
  });

  it("keeps its words when the caller's list changes", () => {
    const list = ["a", "b"];
    const own = new OneHot(list);
    list[0] = "c";
    assert.deepEqual(own.words, ["a", "b"]);
  });

  it("refuses what is no list of distinct words", async () => {
    await failsWith("INVALID_ARGUMENT", () => new OneHot("cat"), /array/);
    await failsWith("INVALID_ARGUMENT", () => new OneHot(["cat", 3]), /words\[1\]/);
    await failsWith("INVALID_ARGUMENT", () => new OneHot(["cat", "cat"]), /"cat" twice/);
    await failsWith("INVALID_ARGUMENT", () => words.vector(3), /number/);
    await failsWith("INVALID_ARGUMENT", () => words.transform([3]), /number/);
  });
});

describe("kinvec/words", () => {
  it("has the Bm25 of kinvec/search, not another", () => assert.equal(Bm25, SearchBm25));
});

describe("denseRows", () => {
  const rows = () => new OneHot(["a", "b"]).transform(["b", "a"]);

  it("refuses what is no rows, and rows whose parts do not fit together", async () => {
    const wrong = [
      [undefined, /undefined/],
      [[[0, 1]], /array/],
      [{ ...rows(), data: [1, 1] }, /data/],
      [{ ...rows(), shape: [2] }, /shape/],
      [{ ...rows(), shape: [3, 2] }, /fit/],
      [{ ...rows(), shape: [2, 1] }, /fit/],
      [{ ...rows(), indices: Int32Array.of(-1, 0) }, /fit/],
      [{ ...rows(), indptr: Int32Array.of(0, 3, 2) }, /fit/],
      [{ ...rows(), data: Float64Array.of(1) }, /fit/],
    ];
    for (const [given, message] of wrong) await failsWith("INVALID_ARGUMENT", () => denseRows(given), message);
  });
});
