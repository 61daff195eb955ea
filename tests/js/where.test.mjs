// Conditions on the fields of items.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createCollection } from "kinvec/search";
import { binaryOption, failsWith, loadTested, modelFile } from "./helpers.mjs";

const films = [
  { id: "alien", text: "film", year: 1979, tags: ["space", "horror"], rating: 8.5, seen: true },
  { id: "heat", text: "film", year: 1995, tags: ["crime"], rating: 8.3, seen: false },
  { id: "solaris", text: "film", year: 1972, tags: ["space"], director: null },
  { id: "untitled", text: "film", year: "unknown", tags: [] },
];

describe("where", () => {
  let model;
  let collection;
  before(async () => {
    model = await loadTested(modelFile);
    collection = await createCollection({ model, ...binaryOption });
    await collection.add(films);
  });
  after(() => model.dispose());

  const found = async (where) => (await collection.search("film", { where, by: "words" })).map(({ id }) => id).sort();

  it("takes a value that a field is, or that an array contains", async () => {
    assert.deepEqual(await found({ year: 1979 }), ["alien"]);
    assert.deepEqual(await found({ year: "1979" }), []);
    assert.deepEqual(await found({ tags: "space" }), ["alien", "solaris"]);
    assert.deepEqual(await found({ seen: false }), ["heat"]);
    assert.deepEqual(await found({ director: null }), ["solaris"]);
    assert.deepEqual(await found({ id: "heat" }), ["heat"]);
    assert.deepEqual(await found({ year: { eq: 1979 } }), ["alien"]);
  });

  it("takes what a field is not", async () => {
    assert.deepEqual(await found({ year: { ne: 1979 } }), ["heat", "solaris", "untitled"]);
    assert.deepEqual(await found({ tags: { ne: "space" } }), ["heat", "untitled"]);
    assert.deepEqual(await found({ rating: { ne: 8.3 } }), ["alien", "solaris", "untitled"]);
  });

  it("takes one of many values", async () => {
    assert.deepEqual(await found({ year: { in: [1995, 1972, "unknown"] } }), ["heat", "solaris", "untitled"]);
    assert.deepEqual(await found({ tags: { in: ["crime", "horror"] } }), ["alien", "heat"]);
    assert.deepEqual(await found({ tags: { in: [] } }), []);
  });

  it("compares numbers with numbers and strings with strings", async () => {
    assert.deepEqual(await found({ year: { gt: 1979 } }), ["heat"]);
    assert.deepEqual(await found({ year: { gte: 1979 } }), ["alien", "heat"]);
    assert.deepEqual(await found({ year: { lt: 1979 } }), ["solaris"]);
    assert.deepEqual(await found({ year: { lte: 1979 } }), ["alien", "solaris"]);
    assert.deepEqual(await found({ year: { gte: 1972, lt: 1995 } }), ["alien", "solaris"]);
    assert.deepEqual(await found({ year: { gt: "a" } }), ["untitled"]);
    assert.deepEqual(await found({ tags: { lt: "d" } }), ["heat"]);
    assert.deepEqual(await found({ seen: { gte: 0 } }), []);
  });

  it("takes whether a field is there", async () => {
    assert.deepEqual(await found({ rating: { exists: true } }), ["alien", "heat"]);
    assert.deepEqual(await found({ director: { exists: true } }), ["solaris"]);
    assert.deepEqual(await found({ rating: { exists: false }, tags: "space" }), ["solaris"]);
    assert.deepEqual(await found({ toString: { exists: true } }), []); // own fields only
    assert.deepEqual(await found({ tags: { exists: true, ne: "space", in: undefined } }), ["heat", "untitled"]);
  });

  it("takes a function, and all items without conditions", async () => {
    assert.deepEqual(await found(({ tags }) => tags.length > 1), ["alien"]);
    assert.equal((await found({})).length, 4);
  });

  it("refuses what is no condition", async () => {
    const refused = [
      null,
      [],
      { year: [1979] },
      { year: undefined },
      { year: { above: 1979 } },
      { year: { toString: 1 } },
      { year: { gt: true } },
      { year: { lt: Number.NaN } },
      { year: { in: 1979 } },
      { year: { in: [{}] } },
      { year: { eq: [] } },
      { year: { ne: {} } },
      { year: { exists: "yes" } },
      () => "yes",
    ];
    for (const where of refused) await failsWith("INVALID_ARGUMENT", () => found(where), /options\.where/);
  });
});
