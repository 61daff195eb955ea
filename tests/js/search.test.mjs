// kinvec/search: nearest neighbours under the caller's own ids, exact and by way of smaller copies.

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createIndex } from "kinvec/search";
import { goldenSearches, hashSearches, knownVectors } from "../common/search_bits.mjs";
import { goldenJson, goldenValues, rowsOf } from "./goldens.mjs";
import { assertSameBits, binaryOption, failsWith } from "./helpers.mjs";
import { indexOf, unitVectors } from "./index_helpers.mjs";

const dimensions = 24;
const create = (options = {}) => createIndex({ dimensions, ...binaryOption, ...options });
const vectors = (count, seed) => unitVectors(count, dimensions, seed);

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

  it("tells what it has, and gives it back with the same bits", async () => {
    const items = vectors(300);
    for (const precision of ["f32", "int8", "binary"]) {
      const index = await create({ precision });
      index.add([...items.keys()], items);
      assert.deepEqual([index.has(7), index.has("7"), index.has(300)], [true, false, false]);
      for (const [i, item] of items.entries()) assertSameBits(index.get(i), item);
      assert.equal(index.get("7"), undefined);
      assert.deepEqual(index.ids(), [...items.keys()]);
      const copies = await create({ precision, rescore: false });
      copies.add("a", items[0]);
      if (precision === "f32") assertSameBits(copies.get("a"), items[0]);
      else await failsWith("INVALID_ARGUMENT", () => copies.get("a"), /does not keep the vectors/);
    }
  });

  it("removes items, and is then as if they had never been there", async () => {
    const items = vectors(900);
    for (const precision of ["f32", "int8", "binary"]) {
      for (const rescore of [true, false]) {
        const index = await create({ precision, rescore });
        const expected = await create({ precision, rescore });
        index.add([...items.keys()], items);
        const gone = [...items.keys()].filter((i) => i % 3 === 0 || i > 700);
        assert.equal(index.remove([...gone, 0, "0", 900]), gone.length);
        assert.equal(index.remove(0), 0);
        assert.equal(index.remove([]), 0);
        for (const i of items.keys()) if (!gone.includes(i)) expected.add(i, items[i]);
        for (const each of [index, expected]) each.add(0, items[0]);
        assert.deepEqual(index.ids(), expected.ids());
        for (const query of vectors(5, 99)) {
          assert.deepEqual(index.search(query, { topK: 900 }), expected.search(query, { topK: 900 }));
        }
        assert.equal(index.remove(index.ids()), expected.size);
        assert.deepEqual([index.size, index.search(items[0])], [0, []]);
      }
    }
  });

  it("replaces by upsert what is there, in its place, and adds what is not", async () => {
    const [a, b, c, d] = vectors(4);
    const index = await create();
    index.add(["a", "b"], [a, b]);
    index.upsert(["c", "a"], [c, d]);
    index.upsert("b", d);
    assert.deepEqual(index.ids(), ["a", "b", "c"]);
    assertSameBits(index.get("a"), d);
    // Of equal scores the item that was added first comes first.
    assert.deepEqual(
      index.search(d, { topK: 2 }).map(({ id }) => id),
      ["a", "b"],
    );
    await failsWith("INVALID_ARGUMENT", () => index.upsert(["e", "e"], [a, b]), /ids\[1\]/);
    await failsWith("DIMENSION_MISMATCH", () => index.upsert(["e", "a"], [a, b.slice(1)]));
    assertSameBits(index.get("a"), d);
    assert.equal(index.has("e"), false);
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
    await failsWith("INVALID_ARGUMENT", () => index.add("b", Array(dimensions).fill(1e300)), /longer than 1e19/);
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
    for (const oversampling of [0, 0.5, 1001, Number.NaN, "3"]) {
      await failsWith("INVALID_ARGUMENT", () => index.search(a, { oversampling }), /oversampling/);
    }
    await failsWith("INVALID_ARGUMENT", () => index.searchBatch(a), /vectors must be an array, not Float32Array/);
    const error = await failsWith(
      "DIMENSION_MISMATCH",
      () => index.searchBatch([a, a.slice(2)]),
      /vectors\[1\] has 22/,
    );
    assert.equal(error.at, 1);
    assert.equal(index.search(a)[0].id, "a");
  });

  it("refuses options it cannot have", async () => {
    await failsWith("INVALID_ARGUMENT", () => createIndex(), /dimensions is missing/);
    for (const size of [0, -1, 1.5, 65537, "24"]) {
      await failsWith("INVALID_ARGUMENT", () => createIndex({ dimensions: size }), /dimensions/);
    }
    await failsWith("INVALID_ARGUMENT", () => create({ precision: "int8", dimensions: 8193 }), /from 1 to 8192/);
    await failsWith("INVALID_ARGUMENT", () => create({ precision: "i8" }), /"f32", "int8", "binary", not "i8"/);
    await failsWith("INVALID_ARGUMENT", () => create({ precision: "int8", rescore: "yes" }), /rescore/);
  });

  it("is gone after dispose", async () => {
    const index = await create();
    index.dispose();
    index[Symbol.dispose]();
    const [a] = vectors(1);
    await failsWith("DISPOSED", () => index.add("a", a));
    await failsWith("DISPOSED", () => index.search(a));
    await failsWith("DISPOSED", () => index.searchBatch([a]));
    await failsWith("DISPOSED", () => index.clear());
    await failsWith("DISPOSED", () => index.get("a"));
    await failsWith("DISPOSED", () => index.remove("a"));
    await failsWith("DISPOSED", () => index.upsert("a", a));
    assert.equal(index.size, 0);
  });
});

const sentenceVectors = rowsOf(goldenValues("minilm/vectors.f16"), goldenJson("minilm/minilm.json").dimensions);

/** Share of the ten nearest items that an index finds, over all items as queries. */
function recall(index, exact, items, options) {
  let found = 0;
  for (const item of items) {
    const ids = new Set(index.search(item, options).map(({ id }) => id));
    found += exact.search(item).filter(({ id }) => ids.has(id)).length;
  }
  return found / (10 * items.length);
}

describe("an index of smaller copies", () => {
  it("finds the nearest sentences", async () => {
    const exact = await indexOf(sentenceVectors);
    const least = { int8: [0.999, 0.98], binary: [0.999, 0.6] };
    for (const [precision, [rescored, alone]] of Object.entries(least)) {
      const index = await indexOf(sentenceVectors, { precision });
      const small = await indexOf(sentenceVectors, { precision, rescore: false });
      assert.ok(recall(index, exact, sentenceVectors) >= rescored, precision);
      assert.ok(recall(small, exact, sentenceVectors) >= alone, `${precision} alone`);
    }
  });

  it("finds the nearest of vectors that have nothing in common, by int8", async () => {
    const items = vectors(4000);
    const exact = await indexOf(items);
    const index = await indexOf(items, { precision: "int8" });
    assert.ok(recall(index, exact, items.slice(0, 500)) >= 0.999);
  });

  it("finds more by more oversampling", async () => {
    const items = knownVectors(2000, 64);
    const exact = await indexOf(items);
    const index = await indexOf(items, { precision: "binary" });
    const few = recall(index, exact, items.slice(0, 100), { oversampling: 1 });
    const many = recall(index, exact, items.slice(0, 100), { oversampling: 200 });
    assert.ok(few < 0.9, `${few}`);
    assert.equal(many, 1);
  });

  it("gives the scores of an exact index, or says that they are approximate", async () => {
    const exact = await indexOf(sentenceVectors);
    assert.deepEqual([exact.precision, exact.scores, exact.bytesPerItem], ["f32", "exact", 1536]);
    const sizes = { int8: 392, binary: 48 };
    for (const precision of ["int8", "binary"]) {
      const index = await indexOf(sentenceVectors, { precision });
      assert.deepEqual(
        [index.precision, index.scores, index.bytesPerItem],
        [precision, "exact", 1536 + sizes[precision]],
      );
      assert.deepEqual(index.search(sentenceVectors[3]), exact.search(sentenceVectors[3]));
      const small = await indexOf(sentenceVectors, { precision, rescore: false });
      assert.deepEqual([small.scores, small.bytesPerItem], ["approximate", sizes[precision]]);
    }
    const int8 = await indexOf(sentenceVectors, { precision: "int8", rescore: false });
    for (const { id, score } of int8.search(sentenceVectors[3], { topK: 400 })) {
      assert.ok(Math.abs(score - dot(sentenceVectors[id], sentenceVectors[3])) < 0.005);
    }
  });

  it("answers a batch as one by one, however long", async () => {
    const items = vectors(900);
    const queries = vectors(150, 7);
    for (const precision of ["f32", "int8", "binary"]) {
      const index = await indexOf(items, { precision });
      assert.deepEqual(index.searchBatch([]), []);
      const options = { topK: 900 };
      assert.deepEqual(
        index.searchBatch(queries, options),
        queries.map((query) => index.search(query, options)),
      );
      index.clear();
      assert.deepEqual(index.searchBatch(queries.slice(0, 2)), [[], []]);
    }
  });

  it("has the same hits and bits in every engine and binary", async () => {
    assert.equal(await hashSearches(createIndex, binaryOption), goldenSearches);
  });
});

describe("the end of memory", () => {
  const { grow } = WebAssembly.Memory.prototype;
  afterEach(() => {
    WebAssembly.Memory.prototype.grow = grow;
  });

  it("refuses an add as a whole, and the index works on", async () => {
    for (const precision of ["f32", "int8", "binary"]) {
      const index = await create({ precision });
      const [first, ...more] = vectors(100_000);
      index.add("first", first);
      WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
      };
      await failsWith("OUT_OF_MEMORY", () => index.add([...more.keys()], more), /no memory left for the index/);
      assert.equal(index.size, 1);
      assert.equal(index.search(first)[0].id, "first");
      index.add("second", more[0]);
      WebAssembly.Memory.prototype.grow = grow;
      index.add([...more.keys()], more);
      assert.equal(index.size, 100_001);
      assert.equal(index.search(more[5], { topK: 1 })[0].id, 5);
      index.dispose();
    }
  });
});
