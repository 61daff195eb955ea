// kinvec/adapters/orama with Orama.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as orama from "@orama/orama";
import { createPlugin } from "kinvec/adapters/orama";
import { failsWith, loadTested, modelFile } from "../js/helpers.mjs";
import { abortedAtWork, assertVectors, expectedVectors, longText, manyTexts, texts, watched } from "./shared.mjs";

const recipes = [
  { id: "borscht", title: "Borscht", text: "A sour soup of beetroot.\nServed with cream." },
  { id: "ramen", title: "Ramen", text: "Wheat noodles in a rich broth with an egg." },
  { id: "tiramisu", title: "Tiramisu", text: "Layers of biscuits and mascarpone, dusted with cocoa." },
];
const copies = () => structuredClone(recipes);

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

const open = (options = {}, source = model) => {
  const plugin = createPlugin(source, { properties: ["title", "text"], ...options });
  return orama.create({ schema: { title: "string", text: "string", ...plugin.schema }, plugins: [plugin] });
};
const filled = async (options, source) => {
  const db = open(options, source);
  await orama.insertMultiple(db, copies());
  return db;
};
const ids = ({ hits }) => hits.map(({ id }) => id);
/** What the index holds, not only the document. */
const indexed = (db, id) => {
  const internal = db.internalDocumentIDStore.idToInternalId.get(id);
  return Array.from(db.data.index.vectorIndexes.embedding.node.vectors.get(internal)[1]);
};

describe("the plug-in for Orama", () => {
  it("embeds inserted documents with the model's own vectors, bit for bit", async () => {
    const db = open({ properties: "text" });
    for (const [i, text] of texts.entries()) await orama.insert(db, { id: `${i}`, text });
    const expected = await expectedVectors(model, texts);
    for (const [i, text] of texts.entries()) {
      if (text === "") assert.equal(orama.getByID(db, `${i}`).embedding, undefined);
      else {
        assertVectors([orama.getByID(db, `${i}`).embedding], [expected[i]]);
        assert.deepEqual(indexed(db, `${i}`), expected[i]);
      }
    }
  });

  it("has the model's dimensions, not 512", async () => {
    assert.deepEqual(createPlugin(model, { properties: "text" }).schema, { embedding: "vector[384]" });
    const { schema } = createPlugin(model, { properties: "text", dimensions: 64, vectorProperty: "meaning" });
    assert.deepEqual(schema, { meaning: "vector[64]" });
    const db = await filled({ dimensions: 64 });
    assert.equal(indexed(db, "ramen").length, 64);
    const hits = await orama.search(db, { mode: "vector", term: "a cake with cocoa" });
    assert.equal(ids(hits)[0], "tiramisu");
  });

  it("waits for the vectors of many documents, and makes each once", async () => {
    const { model: seen, calls } = watched(model);
    const db = await filled({}, seen);
    assert.equal(orama.count(db), 3);
    const expected = await expectedVectors(
      model,
      recipes.map(({ title, text }) => `${title}\n${text}`),
    );
    for (const [i, { id }] of recipes.entries()) assert.deepEqual(indexed(db, id), expected[i]);
    assert.equal(calls.flatMap((call) => call.texts).length, 3);
    assert.ok(calls.every(({ options }) => options.role === "document"));
  });

  it("searches by vector", async () => {
    const { model: seen, calls } = watched(model);
    const db = await filled({}, seen);
    calls.length = 0;
    const found = await orama.search(db, { mode: "vector", term: "a cake with cocoa" });
    assert.equal(ids(found)[0], "tiramisu");
    assert.equal(calls[0].options.role, "query");
    const [query, document] = (await model.embed(["a cake with cocoa", "Tiramisu\n".concat(recipes[2].text)])).vectors;
    const dot = query.reduce((sum, value, i) => sum + value * document[i], 0);
    assert.ok(Math.abs(found.hits[0].score - dot) < 1e-6);
  });

  it("searches by words and vector at once", async () => {
    const db = await filled();
    const found = await orama.search(db, { mode: "hybrid", term: "noodle soup" });
    assert.equal(ids(found)[0], "ramen");
    assert.ok(ids(found).includes("borscht"));
    await orama.search(db, { mode: "hybrid", term: "" });
  });

  it("leaves searches for words alone", async () => {
    const { model: seen, calls } = watched(model);
    const db = await filled({}, seen);
    calls.length = 0;
    assert.deepEqual(ids(await orama.search(db, { term: "beetroot" })), ["borscht"]);
    assert.equal(calls.length, 0);
  });

  it("keeps a vector that the search brings, but not one of an earlier term", async () => {
    const db = await filled();
    const [value] = await expectedVectors(model, ["soup"]);
    const given = { mode: "vector", term: "a cake with cocoa", vector: { property: "embedding", value } };
    assert.equal(ids(await orama.search(db, given))[0], "borscht");
    const search = { mode: "vector", term: "a cake with cocoa" };
    assert.equal(ids(await orama.search(db, search))[0], "tiramisu");
    search.term = "a sour soup";
    assert.equal(ids(await orama.search(db, search))[0], "borscht");
  });

  it("finds related texts below Orama's own threshold, unless told otherwise", async () => {
    const db = await filled();
    assert.ok((await orama.search(db, { mode: "vector", term: "a cake with cocoa" })).count > 0);
    assert.equal((await orama.search(db, { mode: "vector", term: "a cake with cocoa", similarity: 0.8 })).count, 0);
    assert.equal(
      (await orama.search(await filled({ similarity: 0.8 }), { mode: "vector", term: "a cake with cocoa" })).count,
      0,
    );
  });

  it("embeds again what has changed: update, upsert, many of them", async () => {
    const db = await filled();
    const [soup, cake, tea, bread] = await expectedVectors(model, [
      "Soup\nhot",
      "Cake\nsweet",
      "Tea\ngreen",
      "Bread\nnew",
    ]);
    await orama.update(db, "ramen", { ...orama.getByID(db, "ramen"), title: "Soup", text: "hot" });
    assert.deepEqual(indexed(db, "ramen"), soup);
    const changed = orama.getByID(db, "ramen");
    await orama.search(db, { mode: "vector", term: "soup" }); // Orama empties the vectors of the documents it finds
    Object.assign(changed, { title: "Cake", text: "sweet" });
    await orama.upsert(db, changed);
    assert.deepEqual(indexed(db, "ramen"), cake);
    await orama.upsertMultiple(db, [
      { id: "ramen", title: "Tea", text: "green" },
      { id: "bread", title: "Bread", text: "new" },
    ]);
    assert.deepEqual(indexed(db, "ramen"), tea);
    assert.deepEqual(indexed(db, "bread"), bread);
  });

  it("reads properties of nested objects, and passes over documents without text", async () => {
    const plugin = createPlugin(model, { properties: ["meta.title", "text"] });
    const schema = { meta: { title: "string" }, text: "string", ...plugin.schema };
    const db = orama.create({ schema, plugins: [plugin] });
    await orama.insert(db, { id: "a", meta: { title: "Soup" }, text: "hot" });
    assert.deepEqual(indexed(db, "a"), (await expectedVectors(model, ["Soup\nhot"]))[0]);
    const [embedding] = await expectedVectors(model, ["made elsewhere"]);
    await orama.insert(db, { id: "b", embedding });
    assert.deepEqual(indexed(db, "b"), embedding);
    await orama.insert(db, { id: "c" });
    assert.equal(orama.getByID(db, "c").embedding, undefined);
  });

  it("takes empty lists", async () => {
    const db = open();
    assert.deepEqual(await orama.insertMultiple(db, []), []);
    assert.deepEqual(await orama.upsertMultiple(db, []), []);
    assert.deepEqual(ids(await orama.search(db, { mode: "vector", term: "soup" })), []);
  });

  it("works on a database that was saved and loaded", async () => {
    const saved = JSON.parse(JSON.stringify(orama.save(await filled())));
    const db = open();
    orama.load(db, saved);
    assert.equal(ids(await orama.search(db, { mode: "vector", term: "a cake with cocoa" }))[0], "tiramisu");
  });

  it("is cancelled while the engine works", async () => {
    const { model: seen, signal, reason } = abortedAtWork(model);
    const db = open({ signal }, seen);
    const documents = manyTexts.map((text) => ({ title: "", text }));
    const error = await failsWith("ABORTED", () => orama.upsertMultiple(db, documents));
    assert.equal(error.cause, reason);
    await failsWith("ABORTED", () => orama.search(db, { mode: "vector", term: "soup" }));
    assert.equal(orama.count(db), 0);
  });

  it("refuses what is wrong, by name", async () => {
    for (const [options, pattern] of [
      [undefined, /options\.properties must be names/],
      [{ properties: [] }, /options\.properties must name/],
      [{ properties: [7] }, /options\.properties must be names, not number/],
      [{ properties: "text", similarity: 2 }, /options\.similarity/],
      [{ properties: "text", vectorProperty: 7 }, /options\.vectorProperty/],
      [{ properties: "text", dimensions: 385 }, /options\.dimensions/],
    ]) {
      await failsWith("INVALID_ARGUMENT", () => createPlugin(model, options), pattern);
    }
    const plugins = [createPlugin(model, { properties: "text" })];
    await failsWith("INVALID_ARGUMENT", () => orama.create({ schema: { text: "string" }, plugins }), /"embedding"/);
    const wide = { text: "string", embedding: "vector[512]" };
    await failsWith(
      "DIMENSION_MISMATCH",
      () => orama.create({ schema: wide, plugins }),
      /vector\[512\].*vector\[384\]/,
    );
  });

  it("passes the package's errors on", async () => {
    const db = open({ truncation: "error" });
    await failsWith("TEXT_TOO_LONG", () => orama.insert(db, { title: "", text: longText }));
    await failsWith("TEXT_TOO_LONG", () => orama.insertMultiple(db, [{ title: "", text: longText }]));
    assert.equal(orama.count(db), 0);
  });
});
