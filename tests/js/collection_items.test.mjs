// What is in a collection: items added, replaced and removed, all or none.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createCollection } from "kinvec/search";
import { binaryOption, failsWith, loadTested, modelFile } from "./helpers.mjs";

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

const create = (options = {}) => createCollection({ model, ...binaryOption, ...options });
const tea = { id: "tea", text: "A cup of green tea", price: 3 };
const coffee = { id: "coffee", text: "An espresso", price: 2 };
const idsOf = (hits) => hits.map(({ id }) => id);

describe("a collection", () => {
  it("adds one item or many, and knows them", async () => {
    const own = await create();
    await own.add(tea);
    await own.add([coffee, { id: 1, text: "" }]);
    await own.add([]);
    assert.deepEqual([own.size, own.ids(), own.has("tea"), own.has("1")], [3, ["tea", "coffee", 1], true, false]);
    assert.deepEqual([own.get("tea"), own.get("wine")], [tea, undefined]);
    assert.deepEqual([own.index.size, own.index.fingerprint], [3, model.info().fingerprint]);
  });

  it("keeps copies that nothing can change", async () => {
    const own = await create();
    const item = { id: 1, text: "one", tags: ["a"], nothing: undefined, zero: -0 };
    await own.add(item);
    item.tags.push("b");
    item.text = "two";
    assert.deepEqual(own.get(1), { id: 1, text: "one", tags: ["a"], zero: 0 });
    assert.throws(() => own.get(1).tags.push("c"), TypeError);
    assert.throws(() => Object.assign(own.get(1), { text: "three" }), TypeError);
  });

  it("replaces an item, by meaning, by words and in its fields", async () => {
    const own = await create();
    await own.add([tea, coffee]);
    await own.upsert([{ id: "tea", text: "The train to Vienna" }, { id: "wine", text: "A glass of red" }]); // biome-ignore format: one line
    assert.deepEqual(own.ids(), ["tea", "coffee", "wine"]);
    assert.deepEqual(own.get("tea"), { id: "tea", text: "The train to Vienna" });
    assert.equal((await own.search("railway journey", { by: "meaning" }))[0].id, "tea");
    assert.deepEqual(idsOf(await own.search("cup", { by: "words" })), []);
    assert.deepEqual(idsOf(await own.search("train", { by: "words" })), ["tea"]);
  });

  it("removes items", async () => {
    const own = await create();
    await own.add([tea, coffee, { id: 3, text: "tea tea tea" }]);
    assert.equal(own.remove(["tea", "wine"]), 1);
    assert.equal(own.remove("tea"), 0);
    assert.deepEqual(own.ids(), ["coffee", 3]);
    assert.deepEqual(idsOf(await own.search("tea")).sort(), [3, "coffee"]);
    await own.add(tea);
    assert.deepEqual(own.ids(), ["coffee", 3, "tea"]);
    own.clear();
    assert.deepEqual([own.size, await own.search("tea")], [0, []]);
    await own.add(tea);
    assert.equal((await own.search("tea")).length, 1);
  });

  it("takes long texts whole", async () => {
    const own = await create();
    const filler = "The committee met again and discussed the budget of the coming year. ".repeat(60);
    const hidden = `${filler} A volcano erupted in Iceland. Lava and ash closed the roads around the volcano. `.repeat(
      1,
    );
    await own.add([{ id: "long", text: hidden }, { id: "short", text: filler }]); // biome-ignore format: one line
    const [best] = await own.search("volcano eruption", { by: "meaning", passages: true });
    assert.equal(best.id, "long");
    assert.match(best.passage.text, /volcano/);
  });

  it("tells its progress", async () => {
    const own = await create();
    const seen = [];
    await own.add([tea, coffee], { onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(seen.at(-1), { done: 2, total: 2 });
  });

  it("is left as it was by an addition that is refused", async () => {
    const own = await create();
    await own.add(tea);
    const circle = {};
    circle.circle = circle;
    const refused = [
      [{ ...coffee, id: "tea" }],
      [coffee, tea],
      [coffee, coffee],
      [{ id: {}, text: "a" }],
      [{ id: Number.NaN, text: "a" }],
      [{ id: 1 }],
      ["text"],
      [coffee, { id: 1, text: "a", date: new Date(0) }],
      [{ id: 1, text: "a", score: Number.POSITIVE_INFINITY }],
      [{ id: 1, text: "a", run: () => {} }],
      [{ id: 1, text: "a", list: [undefined] }],
      [{ id: 1, text: "a", circle }],
      null,
    ];
    for (const items of refused) await failsWith("INVALID_ARGUMENT", () => own.add(items));
    const error = await failsWith("INVALID_ARGUMENT", () => own.add([coffee, { id: 1, text: "a", a: { b: [1n] } }]));
    assert.match(error.message, /items\[1\]\.a\.b\[0\]/);
    assert.equal(error.at, 1);
    await failsWith("INVALID_ARGUMENT", () => own.upsert([coffee, coffee]));
    await failsWith("INVALID_ARGUMENT", () => own.add(coffee, { onProgress: 3 }));
    assert.deepEqual([own.ids(), own.index.ids()], [["tea"], ["tea"]]);
    assert.deepEqual(await own.search("espresso", { by: "words" }), []);
  });

  it("is left as it was by an addition that is cancelled or whose analyzer fails", async () => {
    let fails = false;
    const analyze = (text) => {
      if (fails && text.includes("espresso")) throw new Error("no coffee");
      return text.split(" ");
    };
    const own = await create({ words: { analyze } });
    await own.add(tea);
    fails = true;
    await assert.rejects(own.upsert([{ ...tea, text: "new" }, coffee]), /no coffee/);
    const controller = new AbortController();
    const items = Array.from({ length: 50 }, (_, i) => ({ id: i, text: `number ${i}` }));
    const onProgress = () => controller.abort();
    await failsWith("ABORTED", () => own.add(items, { signal: controller.signal, onProgress }));
    // Also with a model that does not listen to the signal.
    const deaf = { info: () => model.info(), embed: (texts, { signal: _, ...options }) => model.embed(texts, options) };
    const other = await create({ model: deaf });
    const late = new AbortController();
    const added = other.add(items, { signal: late.signal, onProgress: () => late.abort() });
    await failsWith("ABORTED", () => added);
    await other.add(tea);
    assert.deepEqual([own.ids(), own.index.ids(), other.ids()], [["tea"], ["tea"], ["tea"]]);
    assert.deepEqual(idsOf(await own.search("cup", { by: "words" })), ["tea"]);
  });

  it("carries out additions in the order of their calls", async () => {
    let turn = 0;
    // The first call of this model takes longest.
    const slow = {
      info: () => model.info(),
      async embed(...given) {
        const result = await model.embed(...given);
        await new Promise((resolve) => setTimeout(resolve, turn++ === 0 ? 50 : 0));
        return result;
      },
    };
    const own = await create({ model: slow });
    await Promise.all([own.add({ id: 1, text: "first" }), own.upsert({ id: 1, text: "second" })]);
    assert.equal(own.get(1).text, "second");
    const refused = own.add({ id: 1, text: "third" });
    const later = own.add({ id: 2, text: "fourth" });
    await failsWith("INVALID_ARGUMENT", () => refused);
    await later;
    assert.equal(own.size, 2);
  });

  it("works with workers", async () => {
    const pool = await loadTested(modelFile, { workers: 2 });
    const own = await create({ model: pool });
    await own.add([tea, coffee]);
    const one = await create();
    await one.add([tea, coffee]);
    assert.deepEqual(await own.search("hot drink"), await one.search("hot drink"));
    pool.dispose();
  });

  it("refuses another model's vectors", async () => {
    const other = await loadTested(modelFile, { dtype: "q7" });
    let fed = model;
    const own = await create({ model: { info: () => model.info(), embed: (...given) => fed.embed(...given) } });
    await own.add(tea);
    fed = other;
    await failsWith("MODEL_MISMATCH", () => own.add(coffee));
    await failsWith("MODEL_MISMATCH", () => own.search("tea"));
    assert.equal(own.size, 1);
    other.dispose();
  });

  it("refuses what is no model, and wrong options", async () => {
    await failsWith("INVALID_ARGUMENT", () => createCollection());
    await failsWith("INVALID_ARGUMENT", () => createCollection({ model: {} }));
    await failsWith("INVALID_ARGUMENT", () => create({ precision: "f16" }));
    await failsWith("INVALID_ARGUMENT", () => create({ words: { k1: "a" } }));
  });

  it("is at an end after dispose, and leaves the model", async () => {
    const own = await create();
    await own.add(tea);
    const adding = own.add(coffee);
    const searching = own.search("tea");
    own.dispose();
    own.dispose();
    await failsWith("DISPOSED", () => adding);
    await failsWith("DISPOSED", () => searching);
    await failsWith("DISPOSED", () => own.add(tea));
    await failsWith("DISPOSED", () => own.search("tea", { by: "words" }));
    await failsWith("DISPOSED", () => own.remove("tea"));
    await failsWith("DISPOSED", () => own.clear());
    await failsWith("DISPOSED", () => own.save());
    assert.deepEqual([own.size, own.get("tea"), own.has("tea")], [0, undefined, false]);
    assert.equal((await model.embed("still there")).vectors.length, 1);
  });
});
