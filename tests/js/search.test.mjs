// kinvec/search: exact nearest neighbours under the caller's own ids.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createIndex } from "kinvec/search";
import { binaryOption, failsWith } from "./helpers.mjs";

const dimensions = 24;
const create = (options = {}) => createIndex({ dimensions, ...binaryOption, ...options });

/** Unit vectors that look random and are the same each time. */
function vectors(count, seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, next);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

describe("an index", () => {
  it("finds the nearest items with their true scores, best first", async () => {
    const index = await create();
    const items = vectors(3000);
    index.add(
      items.map((_, i) => `item ${i}`),
      items,
    );
    assert.equal(index.size, 3000);
    for (const query of vectors(10, 99)) {
      const hits = index.search(query, { topK: 7 });
      const expected = items.map((item, i) => ({ id: `item ${i}`, score: dot(item, query) }));
      expected.sort((a, b) => b.score - a.score);
      assert.deepEqual(
        hits.map(({ id }) => id),
        expected.slice(0, 7).map(({ id }) => id),
      );
      for (const [i, { score }] of hits.entries()) assert.ok(Math.abs(score - expected[i].score) < 1e-6);
    }
  });

  it("takes ids of both kinds and items one by one", async () => {
    const index = await create();
    const [a, b, c] = vectors(3);
    index.add("1", a);
    index.add(1, b);
    index.add(-2.5, Array.from(c));
    assert.deepEqual(
      [a, b, c].map((vector) => index.search(vector, { topK: 1 })[0].id),
      ["1", 1, -2.5],
    );
  });

  it("orders equal scores as the items were added", async () => {
    const index = await create();
    const [vector] = vectors(1);
    for (const id of ["c", "a", "b"]) index.add(id, vector);
    assert.deepEqual(
      index.search(vector).map(({ id }) => id),
      ["c", "a", "b"],
    );
  });

  it("answers with what there is when more is asked, ten by default", async () => {
    const index = await create();
    const [query, ...items] = vectors(21);
    assert.deepEqual(index.search(query), []);
    index.add([...items.keys()], items);
    assert.equal(index.search(query).length, 10);
    assert.equal(index.search(query, { topK: 1000 }).length, 20);
    assert.equal(index.search(query, { topK: Number.MAX_SAFE_INTEGER }).length, 20);
  });

  it("scores a zero vector 0, never NaN", async () => {
    const index = await create();
    index.add("zero", new Float32Array(dimensions));
    assert.deepEqual(index.search(vectors(1)[0]), [{ id: "zero", score: 0 }]);
    assert.equal(index.search(new Float32Array(dimensions))[0].score, 0);
  });

  it("can be emptied and filled again", async () => {
    const index = await create();
    const items = vectors(4);
    index.add(["a", "b", "c", "d"], items);
    index.clear();
    assert.equal(index.size, 0);
    assert.deepEqual(index.search(items[0]), []);
    index.add("a", items[1]);
    assert.equal(index.search(items[1])[0].id, "a");
  });

  it("refuses bad items and then holds none of them", async () => {
    const index = await create();
    const [a, b] = vectors(2);
    index.add("a", a);
    const short = a.slice(1);
    const error = await failsWith("DIMENSION_MISMATCH", () => index.add(["b", "c"], [b, short]), /vectors\[1\] has 23/);
    assert.equal(error.at, 1);
    await failsWith("INVALID_ARGUMENT", () => index.add(["b", "a"], [b, b]), /ids\[1\] \("a"\) is already there/);
    await failsWith("INVALID_ARGUMENT", () => index.add(["b", "b"], [b, b]), /ids\[1\]/);
    await failsWith("INVALID_ARGUMENT", () => index.add(["b"], [b, b]), /1 ids but 2 vectors/);
    await failsWith("INVALID_ARGUMENT", () => index.add([{}], [b]), /ids\[0\] must be a string or number, not object/);
    await failsWith("INVALID_ARGUMENT", () => index.add("b", undefined), /vectors\[0\] .* not undefined/);
    await failsWith("INVALID_ARGUMENT", () => index.add(["b"], b), /vectors must be an array, not Float32Array/);
    const infinite = b.slice().fill(Number.POSITIVE_INFINITY, 3, 4);
    await failsWith("INVALID_ARGUMENT", () => index.add("b", infinite), /\[3\] is Infinity/);
    await failsWith("INVALID_ARGUMENT", () => index.add("b", Array(dimensions).fill("1")), /not a finite number/);
    assert.equal(index.size, 1);
  });

  it("refuses bad queries", async () => {
    const index = await create();
    const [a] = vectors(1);
    index.add("a", a);
    await failsWith("DIMENSION_MISMATCH", () => index.search(a.slice(2)), /vector has 22 dimensions, the index has 24/);
    await failsWith("INVALID_ARGUMENT", () => index.search("cat"), /vector must be .* not string/);
    for (const topK of [0, -1, 1.5, "3"]) {
      await failsWith("INVALID_ARGUMENT", () => index.search(a, { topK }), /topK/);
    }
  });

  it("refuses sizes it cannot have", async () => {
    await failsWith("INVALID_ARGUMENT", () => createIndex(), /dimensions is missing/);
    for (const size of [0, -1, 1.5, 65537, "24"]) {
      await failsWith("INVALID_ARGUMENT", () => createIndex({ dimensions: size }), /dimensions/);
    }
  });

  it("is gone after dispose", async () => {
    const index = await create();
    index.dispose();
    index[Symbol.dispose]();
    const [a] = vectors(1);
    await failsWith("DISPOSED", () => index.add("a", a));
    await failsWith("DISPOSED", () => index.search(a));
    await failsWith("DISPOSED", () => index.clear());
    assert.equal(index.size, 0);
  });
});
