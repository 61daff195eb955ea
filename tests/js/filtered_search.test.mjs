// kinvec/search: searches among the items that a filter allows.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failsWith } from "./helpers.mjs";
import { indexOf, precisions, unitVectors } from "./index_helpers.mjs";

const items = unitVectors(1000, 24);
const queries = unitVectors(20, 24, 99);

describe("a filtered search", () => {
  it("is that of an index of the allowed items alone, in every form, one by one and in a batch", async () => {
    for (const precision of precisions) {
      for (const rescore of [true, false]) {
        for (const allowed of [() => true, (id) => id % 3 === 1, (id) => id > 900, (id) => id === 77, () => false]) {
          const index = await indexOf(items, { precision, rescore });
          const some = await indexOf(items, { precision, rescore });
          some.remove(some.ids().filter((id) => !allowed(id)));
          const options = { topK: 20, oversampling: 5 };
          const expected = queries.map((query) => some.search(query, options));
          assert.deepEqual(
            queries.map((query) => index.search(query, { ...options, filter: allowed })),
            expected,
          );
          assert.deepEqual(index.searchBatch(queries, { ...options, filter: allowed }), expected);
        }
      }
    }
  });

  it("answers with fewer hits where fewer items are allowed", async () => {
    const index = await indexOf(items);
    assert.equal(index.search(queries[0], { topK: 10, filter: (id) => id < 3 }).length, 3);
    assert.deepEqual(index.search(queries[0], { topK: 10, filter: () => false }), []);
    assert.deepEqual(index.searchBatch(queries, { filter: () => false }).flat(), []);
  });

  it("asks about every item once a call, in their order", async () => {
    const index = await indexOf(items);
    const asked = [];
    const filter = (id) => asked.push(id) > 0;
    index.searchBatch(queries, { filter });
    assert.deepEqual(asked, index.ids());
    assert.deepEqual((await indexOf([items[0]])).search(items[0], { filter: (id) => id === 0 }).length, 1);
  });

  it("follows items that move up as others are removed", async () => {
    const index = await indexOf(items);
    index.remove(index.ids().filter((id) => id % 2 === 0));
    index.add("new", items[0]);
    const hits = index.search(items[0], { topK: 5, filter: (id) => id === "new" || id === 501 });
    assert.deepEqual(
      hits.map(({ id }) => id),
      ["new", 501],
    );
  });

  it("throws what the filter throws, and the index works on", async () => {
    const index = await indexOf(items);
    const expected = index.search(queries[0]);
    const thrown = new RangeError("of the caller");
    const filter = (id) => {
      if (id === 500) throw thrown;
      return true;
    };
    assert.throws(
      () => index.search(queries[0], { filter }),
      (error) => error === thrown,
    );
    assert.throws(
      () => index.searchBatch(queries, { filter }),
      (error) => error === thrown,
    );
    assert.deepEqual(index.search(queries[0]), expected);
  });

  it("refuses what is no filter, and answers other than true and false", async () => {
    const index = await indexOf(items);
    await failsWith("INVALID_ARGUMENT", () => index.search(queries[0], { filter: new Set([1]) }), /filter .*function/);
    for (const answer of [undefined, 1, "yes", Promise.resolve(true)]) {
      const filter = () => answer;
      await failsWith(
        "INVALID_ARGUMENT",
        () => index.search(queries[0], { filter }),
        /filter must answer true or false/,
      );
    }
  });

  it("refuses filters that change the index under its hands", async () => {
    for (const change of ["remove", "clear"]) {
      const index = await indexOf(items);
      const filter = (id) => {
        if (id === 10) index[change](5);
        return true;
      };
      await failsWith("INVALID_ARGUMENT", () => index.search(queries[0], { filter }), /must not change the index/);
    }
    const adding = await indexOf(items);
    const add = (id) => {
      if (id === 10) adding.add("another", items[0]);
      return true;
    };
    await failsWith("INVALID_ARGUMENT", () => adding.search(queries[0], { filter: add }), /must not change/);
    assert.equal(adding.size, 1001);
    const gone = await indexOf(items);
    const dispose = () => {
      gone.dispose();
      return true;
    };
    await failsWith("DISPOSED", () => gone.search(queries[0], { filter: dispose }));
  });
});
