// kinvec/search: the scores of all items at once.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertSameBits, failsWith } from "./helpers.mjs";
import { indexOf, precisions, unitVectors } from "./index_helpers.mjs";

describe("the scores of all items", () => {
  it("have the bits of hits, for any number of vectors and lengths", async () => {
    for (const dimensions of [1, 7, 24, 385]) {
      const items = unitVectors(700, dimensions);
      const index = await indexOf(items);
      for (const count of [1, 3, 4, 7, 150]) {
        const queries = unitVectors(count, dimensions, 99);
        const scores = index.scoreAll(queries);
        assert.equal(scores.length, count);
        for (const [q, query] of queries.entries()) {
          const expected = new Float32Array(700);
          for (const { id, score } of index.search(query, { topK: 700 })) expected[id] = score;
          assertSameBits(scores[q], expected);
        }
      }
    }
  });

  it("are those of the smaller copies where there are some", async () => {
    const items = unitVectors(700, 24);
    const queries = unitVectors(5, 24, 99);
    for (const precision of ["int8", "binary"]) {
      const copies = await indexOf(items, { precision, rescore: false });
      const scores = (await indexOf(items, { precision })).scoreAll(queries);
      for (const [q, query] of queries.entries()) {
        for (const { id, score } of copies.search(query, { topK: 700 })) assert.equal(scores[q][id], score);
      }
    }
  });

  it("come in the order of the ids, also after items were removed and replaced", async () => {
    const items = unitVectors(300, 24);
    const index = await indexOf(items);
    index.remove(index.ids().filter((id) => id % 7 === 0));
    index.upsert(["new", 5], [items[0], items[7]]);
    const [scores] = index.scoreAll([items[3]]);
    assert.equal(scores.length, index.size);
    const byId = new Map(index.search(items[3], { topK: 300 }).map(({ id, score }) => [id, score]));
    for (const [row, id] of index.ids().entries()) assert.equal(scores[row], byId.get(id));
  });

  it("take what embed answers, no vectors, and an index without items", async () => {
    const [a, b] = unitVectors(2, 24);
    const index = await indexOf([a, b]);
    assert.deepEqual(index.scoreAll({ vectors: [a], fingerprint: "" }), index.scoreAll([a]));
    assert.deepEqual(index.scoreAll([]), []);
    index.clear();
    assert.deepEqual(index.scoreAll([a, b]), [new Float32Array(0), new Float32Array(0)]);
  });

  it("refuse bad vectors, and are gone after dispose", async () => {
    const [a] = unitVectors(1, 24);
    for (const precision of precisions) {
      const index = await indexOf([a], { precision, fingerprint: "one model" });
      const error = await failsWith("DIMENSION_MISMATCH", () => index.scoreAll([a, a.slice(1)]), /vectors\[1\] has 23/);
      assert.equal(error.at, 1);
      await failsWith("INVALID_ARGUMENT", () => index.scoreAll(a), /vectors must be an array/);
      await failsWith("MODEL_MISMATCH", () => index.scoreAll({ vectors: [a], fingerprint: "another" }));
      index.dispose();
      await failsWith("DISPOSED", () => index.scoreAll([a]));
    }
  });
});
