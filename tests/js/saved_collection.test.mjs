// Collections as files: what is saved comes back the same by every way, and what is damaged is refused.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { KinvecError } from "kinvec";
import { createCollection, createIndex, loadCollection, splitWords } from "kinvec/search";
import { collectionFile, crc32, line } from "./collection_file_maker.mjs";
import { goldenJson } from "./goldens.mjs";
import { binaryOption, failsWith, loadTested, modelFile } from "./helpers.mjs";

const texts = goldenJson("sentences.json").slice(50, 110);
const odd = [
  { id: "", text: "" },
  { id: 1, text: "one", nested: { list: [1, "a", null, { b: [] }], __proto__: null } },
  { id: "1", text: "lone \uD800 surrogate", "key\uDC00": "🦊" },
  { id: -0.5, text: "line\nfeed\u2028and\0nul", big: 1e300 },
];
const queries = ["coffee that tastes burnt", "the app crashes", "two threads and a queue", "surrogate"];

let model;
let collection; // one in which items were replaced and removed
let file;
before(async () => {
  model = await loadTested(modelFile);
  collection = await createCollection({ model, ...binaryOption });
  await collection.add([...odd, ...texts.map((text, i) => ({ id: `item ${i}`, text, even: i % 2 === 0 }))]);
  await collection.upsert([3, 9, 30].map((i) => ({ id: `item ${i}`, text: texts[i - 1], copied: true })));
  collection.remove(["item 5", "item 40", "item 41"]);
  file = collection.save();
});
after(() => model.dispose());

const load = (source, options = {}) => loadCollection(source, { model, ...binaryOption, ...options });

async function assertSame(actual, expected) {
  assert.deepEqual(actual.ids(), expected.ids());
  for (const id of expected.ids()) assert.deepEqual(actual.get(id), expected.get(id));
  for (const query of queries) {
    for (const by of ["meaning", "words", "both"]) {
      const options = { by, topK: 20, groupDuplicates: true, where: { even: { ne: false } } };
      assert.deepEqual(await actual.search(query, options), await expected.search(query, options));
    }
  }
}

describe("a saved collection", () => {
  it("comes back the same, and stays so after the same changes", async () => {
    const loaded = await load(file);
    await assertSame(loaded, collection);
    assert.deepEqual(loaded.save(), file);
    const other = await load(loaded.save());
    for (const own of [loaded, other]) {
      own.remove("item 7");
      await own.add({ id: "new", text: "coffee" });
    }
    await assertSame(other, loaded);
  });

  it("comes back by every way", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kinvec-"));
    const place = path.join(folder, "notes.collection");
    writeFileSync(place, file);
    const sources = [
      place,
      pathToFileURL(place),
      new Response(file),
      new Blob([file]),
      file.buffer,
      collection.saveStream(),
    ];
    for (const source of sources) await assertSame(await load(source), collection);
    rmSync(folder, { recursive: true });
  });

  it("is the same bytes as a stream", async () => {
    const streamed = new Uint8Array(await new Response(collection.saveStream()).arrayBuffer());
    assert.deepEqual(streamed, file);
  });

  it("may be empty, and of many blocks", async () => {
    const empty = await createCollection({ model, ...binaryOption });
    assert.equal((await load(empty.save())).size, 0);
    await empty.add(Array.from({ length: 30 }, (_, id) => ({ id, text: "short", note: "long ".repeat(2000) })));
    await assertSame(await load(empty.save()), empty);
  });

  it("keeps the precision, and the weights of words", async () => {
    const own = await createCollection({ model, precision: "int8", words: { k1: 2, b: 0.1 }, ...binaryOption });
    await own.add(texts.map((text, id) => ({ id, text })));
    const loaded = await load(own.save());
    assert.equal(loaded.index.precision, "int8");
    await assertSame(loaded, own);
    const other = await load(own.save(), { words: { k1: 0 } });
    const scores = async (one) => (await one.search("the app", { by: "words" })).map(({ score }) => score);
    assert.notDeepEqual(await scores(other), await scores(own));
  });

  it("asks for the analyzer that it was made with", async () => {
    const analyze = (text) => splitWords(text).map(({ term }) => term.replace(/(e?s|ed|ing)$/, ""));
    const own = await createCollection({ model, words: { analyze }, ...binaryOption });
    await own.add({ id: 1, text: "the app crashes" });
    await failsWith("INVALID_ARGUMENT", () => load(own.save()), /analyze/);
    const loaded = await load(own.save(), { words: { analyze } });
    assert.equal((await loaded.search("crashing", { by: "words" })).length, 1);
  });

  it("is of the items as they were when the stream was asked for", async () => {
    const own = await load(file);
    const before = own.saveStream();
    await own.add({ id: "later", text: "later" });
    assert.deepEqual(new Uint8Array(await new Response(before).arrayBuffer()), file);
    const broken = own.saveStream();
    own.remove("later");
    await failsWith("INVALID_ARGUMENT", () => new Response(broken).arrayBuffer());
    await own.saveStream().cancel();
  });

  it("is as its documentation says", async () => {
    const index = await createIndex({ model, ...binaryOption });
    const items = [{ id: "tea", text: "a cup of tea", n: 1 }, { id: 2, text: "an espresso" }]; // biome-ignore format: one line
    index.add(["tea", 2], await model.embed(items.map(({ text }) => text)));
    const made = collectionFile(items.map(line), index.save());
    const own = await createCollection({ model, ...binaryOption });
    await own.add(items);
    await assertSame(await load(made), own);
    assert.deepEqual(own.save(), collectionFile([items.map(line).join("")], index.save()));
    assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926); // the check value of the standard
  });
});

describe("loadCollection", () => {
  it("refuses a file of which any byte is changed, or that ends anywhere", async () => {
    const codes = new Set();
    for (let at = 0; at < file.length; at += at < 60 ? 1 : 997) {
      const changed = file.slice();
      changed[at] ^= 0x41;
      const error = await load(changed).then(() => assert.fail(`byte ${at}`), (thrown) => thrown); // biome-ignore format: one line
      assert.ok(error instanceof KinvecError, `${at}: ${error}`);
      codes.add(error.code);
      await load(file.subarray(0, at)).then(() => assert.fail(`ended at ${at}`), (thrown) => codes.add(thrown.code)); // biome-ignore format: one line
    }
    assert.deepEqual([...codes].sort(), ["FETCH_FAILED", "MODEL_FORMAT", "MODEL_HASH", "MODEL_VERSION"]);
  });

  it("says what it was given instead", async () => {
    const index = await createIndex({ dimensions: 2, ...binaryOption });
    await failsWith("MODEL_FORMAT", () => load(index.save()), /an index/);
    await failsWith("MODEL_FORMAT", () => load(readFileSync(modelFile)), /a model/);
    await failsWith("MODEL_FORMAT", () => load(Buffer.from("something else, of any length at all")), /KINVECCO/);
    await failsWith("FETCH_FAILED", () => load(Buffer.from("<!doctype html><title>404</title>")), /HTML/);
    await failsWith("FETCH_FAILED", () => load(new Uint8Array()), /empty/);
    await failsWith("INVALID_ARGUMENT", () => load({ "config.json": "{}" }));
  });

  it("refuses what is never written", async () => {
    const index = await createIndex({ model, ...binaryOption });
    const items = [{ id: "tea", text: "a cup of tea" }, { id: 2, text: "an espresso" }]; // biome-ignore format: one line
    index.add(["tea", 2], await model.embed(items.map(({ text }) => text)));
    const make = (blocks, changes) => collectionFile(blocks, index.save(), changes);
    const [tea, espresso] = items.map(line);
    const faults = {
      "another version": ["MODEL_VERSION", make([tea, espresso], { version: 2 })],
      "a flag of no meaning": ["MODEL_FORMAT", make([tea, espresso], { ownTerms: 2 })],
      "a reserved field": ["MODEL_FORMAT", make([tea, espresso], { reserved: 1 })],
      "weights out of range": ["MODEL_FORMAT", make([tea, espresso], { k1: -1 })],
      "fewer items than stated": ["MODEL_FORMAT", make([tea, espresso], { items: 3 })],
      "more items than stated": ["MODEL_FORMAT", make([`${tea}${espresso}`], { items: 1 })],
      "a block without items": ["MODEL_FORMAT", make(["", tea, espresso])],
      "a line that does not end": ["MODEL_FORMAT", make([tea, espresso.trimEnd()], { items: 2 })],
      "what is no JSON": ["MODEL_FORMAT", make([tea, "espresso\n"])],
      "an item without text": ["MODEL_FORMAT", make([tea, line({ id: 2 })])],
      "an id that occurs twice": ["MODEL_FORMAT", make([tea, tea])],
      "other ids than the index": ["MODEL_FORMAT", make([tea, line({ id: "2", text: "an espresso" })])],
      "another order than the index": ["MODEL_FORMAT", make([espresso, tea])],
      "no index": ["FETCH_FAILED", collectionFile([tea, espresso], new Uint8Array())],
      "bytes behind the index": ["MODEL_FORMAT", Buffer.concat([make([tea, espresso]), Buffer.of(0)])],
    };
    assert.equal((await load(make([tea, espresso]))).size, 2);
    for (const [fault, [code, bytes]] of Object.entries(faults)) {
      const error = await load(bytes).then(() => assert.fail(fault), (thrown) => thrown); // biome-ignore format: one line
      assert.equal(error.code, code, `${fault}: ${error.message}`);
    }
  });

  it("refuses another model's collection", async () => {
    const other = await loadTested(modelFile, { dtype: "q7" });
    await failsWith("MODEL_MISMATCH", () => load(file, { model: other }), /the given bytes/);
    other.dispose();
  });

  it("tells its progress, and can be cancelled", async () => {
    const seen = [];
    await load(file, { onProgress: ({ fraction }) => seen.push(fraction) });
    assert.equal(seen.at(-1), 1);
    const signal = AbortSignal.abort();
    await failsWith("ABORTED", () => load(file, { signal }));
  });

  it("refuses wrong options", async () => {
    await failsWith("INVALID_ARGUMENT", () => loadCollection(file));
    await failsWith("INVALID_ARGUMENT", () => load(file, { baseUrl: 3 }));
    await failsWith("INVALID_ARGUMENT", () => load(file, { words: 3 }));
    await failsWith("INVALID_ARGUMENT", () => load(3));
  });
});
