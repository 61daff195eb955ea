// kinvec/search: searches by way of a graph.

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createIndex } from "kinvec/search";
import { goldenGraphs, hashGraphs } from "../common/search_bits.mjs";
import { binaryOption, failsWith } from "./helpers.mjs";
import { indexOf, precisions, unitVectors } from "./index_helpers.mjs";

const dimensions = 24;
const items = unitVectors(3000, dimensions);
const queries = unitVectors(50, dimensions, 99);

/** Share of the true ten nearest that searches by the graph find. */
function recall(index, options) {
  const graph = index.searchBatch(queries, options);
  const exact = index.searchBatch(queries, { exact: true, oversampling: 1000 });
  const found = graph.map((hits, i) => {
    const ids = new Set(hits.map(({ id }) => id));
    return exact[i].filter(({ id }) => ids.has(id)).length;
  });
  return found.reduce((sum, count) => sum + count, 0) / (10 * queries.length);
}

async function graphOf(vectors, options) {
  const index = await indexOf(vectors, options);
  await index.buildGraph();
  return index;
}

describe("a graph", () => {
  it("finds nearly all of the nearest, with their exact scores, in every form", async () => {
    for (const precision of precisions) {
      const index = await graphOf(items, { precision });
      assert.ok(recall(index, { effort: 120 }) > 0.97, precision);
      const scores = new Map(index.search(queries[0], { topK: 3000, exact: true }).map(({ id, score }) => [id, score]));
      for (const { id, score } of index.search(queries[0])) assert.equal(score, scores.get(id));
    }
  });

  it("finds more by more effort, and is left out where all items are to be looked at", async () => {
    const index = await graphOf(items);
    assert.ok(recall(index, { effort: 10 }) < recall(index, { effort: 100 }));
    const flat = await indexOf(items);
    for (const query of queries) {
      assert.deepEqual(index.search(query, { exact: true }), flat.search(query));
      const filter = (id) => id % 2 === 0;
      assert.deepEqual(index.search(query, { filter }), flat.search(query, { filter }));
      assert.deepEqual(index.search(query, { topK: 3000 }), flat.search(query, { topK: 3000 }));
    }
  });

  it("tells what it is, and is gone when the index is cleared", async () => {
    const index = await indexOf(items);
    assert.equal(index.graph, undefined);
    await index.buildGraph({ neighbors: 12, effort: 50 });
    assert.deepEqual(index.graph, { neighbors: 12, effort: 50, bytesPerItem: 32 + 8 + 8 + 4 * 25 + 4 });
    assert.equal(index.bytesPerItem, 4 * dimensions);
    await index.buildGraph();
    assert.deepEqual([index.graph.neighbors, index.graph.effort], [16, 128]);
    index.clear();
    assert.equal(index.graph, undefined);
    assert.deepEqual(index.search(queries[0]), []);
    index.dispose();
    assert.equal(index.graph, undefined);
  });

  it("links what is added, and mends itself when items are removed and replaced", async () => {
    const index = await graphOf(items.slice(0, 1500));
    for (let i = 1500; i < 3000; i++) index.add(i, items[i]);
    assert.ok(recall(index, { effort: 120 }) > 0.97);
    index.remove(index.ids().filter((id) => id % 3 === 0));
    assert.ok(recall(index, { effort: 120 }) > 0.97);
    const others = unitVectors(500, dimensions, 7);
    const replaced = index.ids().slice(0, 500);
    index.upsert([...replaced, "new"], [...others, items[0]]);
    assert.ok(recall(index, { effort: 120 }) > 0.97);
    for (const [i, id] of replaced.entries()) assert.equal(index.search(others[i], { topK: 1 })[0].id, id);
    assert.equal(index.search(items[0], { topK: 1 })[0].id, "new");
  });

  it("has the same hits, bits and bytes in every engine and binary", async () => {
    assert.equal(await hashGraphs(createIndex, binaryOption), goldenGraphs);
  });

  it("refuses options it cannot have", async () => {
    const index = await indexOf(items.slice(0, 10));
    for (const neighbors of [1, 65, 2.5, "8"]) {
      await failsWith("INVALID_ARGUMENT", () => index.buildGraph({ neighbors }), /options\.neighbors/);
    }
    for (const effort of [0, 10_001, "8"]) {
      await failsWith("INVALID_ARGUMENT", () => index.buildGraph({ effort }), /options\.effort/);
      await failsWith("INVALID_ARGUMENT", () => index.search(items[0], { effort }), /options\.effort/);
    }
    await failsWith("INVALID_ARGUMENT", () => index.search(items[0], { exact: 1 }), /options\.exact/);
    const copies = await indexOf(items.slice(0, 10), { precision: "int8", rescore: false });
    await failsWith("INVALID_ARGUMENT", () => copies.buildGraph(), /needs the vectors/);
  });
});

describe("the building of a graph", () => {
  it("tells how far it is, and lets other work run", async () => {
    const index = await indexOf(items);
    const told = [];
    let turns = 0;
    let building = true;
    const count = async () => {
      for (; building; turns++) await new Promise((resolve) => setImmediate(resolve));
    };
    const counting = count();
    await index.buildGraph({ onProgress: (progress) => told.push(progress) });
    building = false;
    await counting;
    assert.ok(turns > 2, `${turns}`);
    assert.deepEqual(told.at(-1), { done: 3000, total: 3000 });
    assert.ok(told.every(({ done }, i) => i === 0 || done > told[i - 1].done));
  });

  it("can be cancelled, and leaves what was there", async () => {
    const index = await indexOf(items);
    const cancel = async () => {
      const controller = new AbortController();
      const { signal } = controller;
      await failsWith("ABORTED", () =>
        index.buildGraph({ neighbors: 20, signal, onProgress: () => controller.abort() }),
      );
    };
    await cancel();
    assert.equal(index.graph, undefined);
    await failsWith("ABORTED", () => index.buildGraph({ signal: AbortSignal.abort() }));
    await index.buildGraph();
    const before = index.searchBatch(queries);
    await cancel();
    assert.equal(index.graph.neighbors, 16);
    assert.deepEqual(index.searchBatch(queries), before);
  });

  it("takes in what changes meanwhile", async () => {
    const index = await indexOf(items.slice(0, 2500));
    let slices = 0;
    await index.buildGraph({
      onProgress: () => {
        if (++slices > 1) return;
        index.remove(index.ids().filter((id) => id % 10 === 0));
        index.add(2500, items[2500]);
        index.upsert([1, 2499], [items[2600], items[2601]]);
        assert.equal(index.search(items[2600], { topK: 1 })[0].id, 1);
      },
    });
    assert.ok(slices > 1);
    assert.ok(recall(index, { effort: 120 }) > 0.97);
    assert.equal(index.search(items[2601], { topK: 1 })[0].id, 2499);
    assert.equal(index.search(items[2500], { topK: 1 })[0].id, 2500);
  });

  it("ends when the index is cleared or disposed, or another is begun", async () => {
    const cleared = await indexOf(items);
    await failsWith("INVALID_ARGUMENT", () => cleared.buildGraph({ onProgress: () => cleared.clear() }), /emptied/);
    await cleared.buildGraph();
    const disposed = await indexOf(items);
    await failsWith("DISPOSED", () => disposed.buildGraph({ onProgress: () => disposed.dispose() }));
    const twice = await indexOf(items);
    const first = twice.buildGraph();
    await failsWith("INVALID_ARGUMENT", () => twice.buildGraph(), /being built already/);
    await first;
    assert.ok(twice.graph);
    const thrown = new RangeError("of the caller");
    const onProgress = () => {
      throw thrown;
    };
    await assert.rejects(twice.buildGraph({ onProgress }), (error) => error === thrown);
    assert.ok(twice.graph);
  });
});

describe("the end of memory", () => {
  const { grow } = WebAssembly.Memory.prototype;
  afterEach(() => {
    WebAssembly.Memory.prototype.grow = grow;
  });

  it("refuses a graph or an add as a whole, and the index works on", async () => {
    const many = unitVectors(60_000, 8);
    const index = await indexOf(many);
    const noMemory = () => {
      WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
      };
    };
    noMemory();
    await failsWith("OUT_OF_MEMORY", () => index.buildGraph(), /no memory left/);
    WebAssembly.Memory.prototype.grow = grow;
    assert.equal(index.graph, undefined);
    index.remove(index.ids().slice(2000));
    await index.buildGraph();
    noMemory();
    const more = many.slice(2000);
    await failsWith("OUT_OF_MEMORY", () => index.add([...more.keys()].map(String), more), /no memory left/);
    assert.equal(index.size, 2000);
    assert.equal(index.search(many[7], { topK: 1 })[0].id, 7);
    WebAssembly.Memory.prototype.grow = grow;
    index.add("later", many[3000]);
    assert.equal(index.search(many[3000], { topK: 1 })[0].id, "later");
  });
});
