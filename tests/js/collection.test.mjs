// A collection: documents with fields, found by meaning, by words and by both.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Bm25, createCollection, fuseRanks } from "kinvec/search";
import { cosine } from "./goldens.mjs";
import { binaryOption, failsWith, loadTested, modelFile } from "./helpers.mjs";

const notes = [
  { id: "bread", text: "Feed the sourdough starter twice a day. Bake at 240 degrees.", tags: ["food"], year: 2021 },
  {
    id: "bread2",
    text: "Feed the sourdough starter two times a day. Bake it at 240 degrees.",
    tags: ["food"],
    year: 2022,
  },
  {
    id: "chess",
    text: "Castling moves the king two squares. The rook jumps over it.",
    tags: ["chess", "rules"],
    year: 1999,
  },
  { id: "opening", text: "The Sicilian Defence begins with c5. It leads to sharp games.", tags: ["chess"], year: 2005 },
  { id: "dentist", text: "The appointment is on Tuesday at nine. Bring the x-ray QX-7741.", tags: [], done: false },
  {
    id: "garden",
    text: "Tomatoes need sun and water. Prune the apple trees in February.",
    tags: ["plants"],
    year: 2021,
  },
  { id: 7, text: "The ferry to the island leaves every two hours in summer.", place: { name: "harbour" } },
];
const idsOf = (hits) => hits.map(({ id }) => id);

let model;
let collection;
before(async () => {
  model = await loadTested(modelFile);
  collection = await createCollection({ model, ...binaryOption });
  await collection.add(notes);
});
after(() => model.dispose());

const create = async (items = notes, options = {}) => {
  const own = await createCollection({ model, ...binaryOption, ...options });
  if (items.length > 0) await own.add(items);
  return own;
};

describe("a search of a collection", () => {
  it("finds by meaning what has no word in common", async () => {
    const [best] = await collection.search("board game strategy", { by: "meaning" });
    assert.equal(best.id, "opening");
    assert.deepEqual(best.item, notes[3]);
    const { vectors } = await model.embed(["board game strategy", notes[3].text]);
    assert.ok(Math.abs(best.meaning - cosine(...vectors)) < 1e-6);
    assert.equal(best.score, best.meaning);
    assert.equal("words" in best, false);
  });

  it("finds by words what has no meaning, without asking the model", async () => {
    const mute = { info: () => model.info(), embed: (...given) => model.embed(...given) };
    const own = await create(notes, { model: mute });
    mute.embed = () => assert.fail("the model was asked");
    const hits = await own.search("qx 7741", { by: "words" });
    assert.deepEqual(idsOf(hits), ["dentist"]);
    assert.equal(hits[0].score, hits[0].words);
    assert.equal("meaning" in hits[0] || "confidence" in hits[0], false);
    assert.deepEqual(await own.search("nothing", { by: "words" }), []);
  });

  it("merges both rankings by their ranks, and gives each hit both scores", async () => {
    const text = "prune tomatoes and the king";
    const [both, meaning, words] = await Promise.all(
      ["both", "meaning", "words"].map((by) => collection.search(text, { by })),
    );
    assert.deepEqual(
      both.map(({ id, score }) => ({ id, score })),
      fuseRanks([meaning, words]).map(({ id, score }) => ({ id, score })),
    );
    assert.deepEqual(await collection.search(text), both); // the default
    for (const hit of both) {
      assert.equal(hit.meaning, meaning.find(({ id }) => id === hit.id).meaning);
      assert.equal(hit.words, words.find(({ id }) => id === hit.id)?.words);
    }
  });

  it("scores words as a Bm25 of the texts", async () => {
    const own = new Bm25();
    own.add(idsOf(notes), notes.map(({ text }) => text)); // biome-ignore format: one call
    const hits = await collection.search("the two", { by: "words" });
    assert.deepEqual(
      hits.map(({ id, score }) => [id, score]),
      own.search("the two").map(({ id, score }) => [id, score]),
    );
  });

  it("looks among the items that `where` allows", async () => {
    const found = async (where) => idsOf(await collection.search("the two", { where })).sort();
    assert.deepEqual(await found({ tags: "chess" }), ["chess", "opening"]);
    assert.deepEqual(await found({ tags: "chess", year: { lt: 2000 } }), ["chess"]);
    assert.deepEqual(await found((item) => item.place?.name === "harbour"), [7]);
    assert.deepEqual(await found({ year: 1234 }), []);
    const all = await collection.search("the two", { topK: 100 });
    const allowed = await collection.search("the two", { topK: 1, where: { year: { exists: true } } });
    assert.equal(allowed[0].id, all.find(({ item }) => item.year !== undefined).id);
  });

  it("puts duplicates under the first of them", async () => {
    const text = "how often to feed a sourdough starter";
    const plain = await collection.search(text, { by: "meaning" });
    const grouped = await collection.search(text, { by: "meaning", groupDuplicates: true });
    assert.deepEqual(idsOf(plain).slice(0, 2).sort(), ["bread", "bread2"]);
    assert.deepEqual(idsOf(grouped[0].duplicates), [plain[1].id]);
    assert.deepEqual(grouped[0].duplicates[0], plain[1]);
    assert.deepEqual(
      idsOf(grouped),
      idsOf(plain).filter((id) => id !== plain[1].id),
    );
    const strict = await collection.search(text, { by: "meaning", groupDuplicates: 1 });
    assert.equal(strict[0].duplicates.length, 0);
  });

  it("makes hits diverse", async () => {
    const text = "feeding the sourdough starter";
    for (const by of ["meaning", "words", "both"]) {
      const plain = idsOf(await collection.search(text, { by, topK: 2 }));
      const diverse = idsOf(await collection.search(text, { by, topK: 2, diversity: 0.7 }));
      assert.deepEqual(plain.sort(), ["bread", "bread2"], by);
      assert.equal(diverse.length, 2);
      assert.equal(diverse.filter((id) => `${id}`.startsWith("bread")).length, 1, by);
    }
  });

  it("gives passages: the best sentence and the words in it", async () => {
    const [best] = await collection.search("when should I prune", { passages: true });
    const { text } = best.item;
    assert.equal(best.passage.text, "Prune the apple trees in February.");
    assert.equal(text.slice(best.passage.start, best.passage.end), best.passage.text);
    assert.deepEqual(best.passage.words.map(({ start, end }) => text.slice(start, end)), ["Prune"]); // biome-ignore format: one line
    assert.ok(best.passage.score > 0.4 && best.passage.score <= 1);
    const [byWords] = await collection.search("jumps over the rook", { by: "words", passages: true });
    assert.equal(byWords.passage.text, "The rook jumps over it.");
    assert.equal("score" in byWords.passage, false);
    assert.equal(byWords.passage.words.length, 4);
  });

  it("takes no more than topK, and any number", async () => {
    assert.equal((await collection.search("the", { topK: 3 })).length, 3);
    assert.equal((await collection.search("the", { topK: Number.MAX_SAFE_INTEGER })).length, notes.length);
    assert.deepEqual(await (await create([])).search("the"), []);
  });

  it("refuses wrong options, and can be cancelled", async () => {
    const refused = [
      [3],
      ["a", { topK: 0 }],
      ["a", { by: "colour" }],
      ["a", { where: "chess" }],
      ["a", { where: async () => true }],
      ["a", { where: { year: { above: 3 } } }],
      ["a", { diversity: 1.5 }],
      ["a", { groupDuplicates: "yes" }],
      ["a", { groupDuplicates: 1.1 }],
      ["a", { passages: 1 }],
      ["a", { minConfidence: 2 }],
      ["a", { by: "words", minConfidence: 0.5 }],
    ];
    for (const given of refused) await failsWith("INVALID_ARGUMENT", () => collection.search(...given));
    await failsWith("ABORTED", () => collection.search("a", { signal: AbortSignal.abort() }));
    await failsWith("ABORTED", () => collection.search("a", { by: "words", signal: AbortSignal.abort() }));
  });
});

describe("the confidence of a collection's hits", () => {
  it("tells what is there from what is not, with minConfidence alone", async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ id: i, text: `Meeting ${i}: budget, schedule and staff.` }));
    const own = await create([...notes, ...many.map(({ id, text }) => ({ id: `m${id}`, text }))]);
    const sure = { by: "meaning", minConfidence: 0.9 };
    assert.deepEqual(idsOf(await own.search("rules of castling in chess", sure))[0], "chess");
    assert.deepEqual(await own.search("volcano eruption in Iceland", sure), []);
    for (const { confidence } of await own.search("the rook")) assert.ok(confidence >= 0 && confidence <= 1);
  });

  it("is there too where vectors are not kept, unlike what needs them", async () => {
    const own = await create(notes, { precision: "int8", rescore: false });
    const [best] = await own.search("castling");
    const [exact] = await collection.search("castling");
    assert.deepEqual([best.id, exact.id], ["chess", "chess"]);
    assert.ok(Math.abs(best.confidence - exact.confidence) < 0.02);
    await failsWith("INVALID_ARGUMENT", () => own.search("castling", { diversity: 0.5 }), /rescore/);
  });
});
