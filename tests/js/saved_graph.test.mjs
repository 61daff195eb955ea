// Graphs in index files: what is saved comes back the same, and what is damaged is refused.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadIndex } from "kinvec/search";
import { binaryOption, failsWith } from "./helpers.mjs";
import { graphState, indexFile, linked, linksOf } from "./index_file_maker.mjs";
import { indexOf, precisions, unitVectors } from "./index_helpers.mjs";

const items = unitVectors(2500, 24);
const queries = unitVectors(30, 24, 99);
const loadTested = (source) => loadIndex(source, binaryOption);

async function graphOf(vectors, options) {
  const index = await indexOf(vectors, options);
  await index.buildGraph({ neighbors: 8, effort: 60 });
  return index;
}

async function bytesOf(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe("a saved graph", () => {
  it("comes back with the same hits and bytes, in every form and binary", async () => {
    for (const precision of precisions) {
      const index = await graphOf(items, { precision });
      const bytes = index.save();
      assert.deepEqual(await bytesOf(index.saveStream()), bytes);
      for (const loaded of [await loadTested(bytes), await loadIndex(bytes, { binary: "simd128" })]) {
        assert.deepEqual(loaded.graph, index.graph);
        assert.deepEqual(loaded.searchBatch(queries), index.searchBatch(queries));
        assert.deepEqual(loaded.save(), bytes);
      }
    }
  });

  it("grows and shrinks as the one that was saved", async () => {
    const index = await graphOf(items.slice(0, 1500));
    const loaded = await loadTested(index.save());
    for (const each of [index, loaded]) {
      each.add([...items.keys()].slice(1500), items.slice(1500));
      each.remove(each.ids().filter((id) => id % 9 === 0));
      each.upsert(7, queries[0]);
    }
    assert.deepEqual(loaded.save(), index.save());
  });

  it("may have no items", async () => {
    const index = await graphOf(items.slice(0, 1));
    index.remove(0);
    const loaded = await loadTested(index.save());
    assert.deepEqual(loaded.graph, index.graph);
    loaded.add([...items.keys()], items);
    assert.equal(loaded.search(items[9], { topK: 1 })[0].id, 9);
  });

  it("is not in the file of an index without one", async () => {
    const index = await graphOf(items);
    const flat = await indexOf(items);
    assert.deepEqual((await loadTested(flat.save())).graph, undefined);
    index.clear();
    assert.deepEqual(index.save(), (await loadTested(index.save())).save());
    assert.equal((await loadTested(index.save())).graph, undefined);
  });

  it("is the one that the documentation describes", async () => {
    const file = indexFile(linked);
    const loaded = await loadTested(file);
    assert.deepEqual([loaded.graph.neighbors, loaded.graph.effort], [4, 10]);
    assert.deepEqual(loaded.save(), file);
    const high = indexFile({
      ...linked,
      graph: [
        [4, graphState({ entry: 1, drawn: 2n ** 40n })],
        [5, linksOf([])],
        [5, linksOf([0], [], [])],
      ],
    });
    const again = await loadTested(high);
    assert.equal(again.search([0, 1], { topK: 1 })[0].id, "tea");
    assert.equal((await loadTested(again.save())).search([1, 0])[0].id, 7);
  });

  it("is not written while it changes", async () => {
    const index = await graphOf(items);
    for (const change of [
      () => index.add("new", items[0]),
      () => index.remove("new"),
      () => index.buildGraph({ neighbors: 4, effort: 10 }),
    ]) {
      const reader = index.saveStream().getReader();
      await reader.read();
      await change();
      await failsWith(
        "INVALID_ARGUMENT",
        async () => {
          while (!(await reader.read()).done);
        },
        /links were changed/,
      );
    }
  });
});

describe("a damaged graph", () => {
  const both = Buffer.concat([linksOf([1]), linksOf([0])]);
  const refuses = (name, graph, changes = {}, code = "MODEL_FORMAT") =>
    it(`is refused: ${name}`, async () => {
      const file = indexFile({ ...linked, graph, ...changes });
      const error = await failsWith(code, () => loadTested(file));
      assert.equal(typeof error.at, "number");
    });
  const withLinks = (...blocks) => [[4, graphState()], ...blocks.map((bytes) => [5, bytes])];
  const withState = (state) => [[4, graphState(state)], [5, both]]; // biome-ignore format: blocks

  refuses("none where the version says that there is one", []);
  refuses("one where the version says that there is none", linked.graph, { version: 1 });
  refuses("without the vectors", linked.graph, { precision: 1, vectors: 0 });
  refuses("of another version", linked.graph, { version: 3 }, "MODEL_VERSION");
  refuses("no links", [[4, graphState()]]);
  refuses("a state too short", [[4, graphState().subarray(4)], [5, both]]); // biome-ignore format: blocks
  for (const state of [{ neighbors: 1 }, { neighbors: 65 }, { effort: 0 }, { effort: 10_001 }, { drawn: 2n ** 60n }]) {
    refuses(`${Object.keys(state)} ${Object.values(state)}`, withState(state));
  }
  refuses("an entry that is no row", withState({ entry: 2 }));
  refuses("no entry", withState({ entry: 0xffffffff }));
  refuses("an entry below another row", withLinks(Buffer.concat([linksOf([1]), linksOf([0], [])])));
  refuses("links of fewer rows", withLinks(linksOf([1])));
  refuses("links of more rows", withLinks(Buffer.concat([both, linksOf([0])])));
  refuses("links in two blocks of which the second is too much", withLinks(both, linksOf([0])));
  refuses("an empty block of links", withLinks(Buffer.alloc(0), both));
  refuses("links cut off", withLinks(both.subarray(0, -1)));
  refuses("a row linked to itself", withLinks(Buffer.concat([linksOf([0]), linksOf([0])])));
  refuses("a row linked twice to another", withLinks(Buffer.concat([linksOf([1, 1]), linksOf([0])])));
  refuses("a row linked to none that there is", withLinks(Buffer.concat([linksOf([2]), linksOf([0])])));
  refuses("a link on a level where the other is not", withLinks(Buffer.concat([linksOf([1], [1]), linksOf([0])])));
  refuses("more links than a row may have", withLinks(Buffer.concat([linksOf([1], [1, 1, 1, 1, 1]), linksOf([0])])));
  refuses("a level too high", withLinks(Buffer.concat([linksOf(...Array(17).fill([])), linksOf([0])])));
  refuses("bytes behind it", linked.graph, { behind: Buffer.of(0) });

  it("is refused at any byte, and cut off anywhere", async () => {
    const file = indexFile(linked);
    for (let at = file.length - 80; at < file.length; at++) {
      const changed = file.slice();
      changed[at] ^= 1;
      await assert.rejects(loadTested(changed), { name: "KinvecError" });
      await assert.rejects(loadTested(file.slice(0, at)), { name: "KinvecError" });
    }
  });
});
