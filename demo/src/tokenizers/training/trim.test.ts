import assert from "node:assert/strict";
import { test } from "node:test";
import { trainTokenizer } from "kinvec/tokenizers";
import { learnedLists } from "./learned.ts";
import { type TokenizerJson, unknownIdOf, vocabularySize } from "./tokenizer_json.ts";
import { smallestSize, trimmed } from "./trim.ts";

const TEXTS = [
  "the cat sat on the mat and the rat sat on the cat",
  "a photographer photographs the photographs of other photographers",
  "numbers and numbering, counting and counters: the counted are numbered",
];

async function train(model: "bpe" | "wordpiece" | "words" | "unigram", vocabSize: number): Promise<TokenizerJson> {
  const tokenizer = await trainTokenizer(TEXTS, { model, vocabSize });
  return tokenizer.toJSON() as unknown as TokenizerJson;
}

for (const [model, large, small] of [
  ["bpe", 300, 280],
  ["wordpiece", 90, 75],
  ["words", 25, 12],
] as const) {
  test(`${model}: a vocabulary cut short is the one that a shorter training gives`, async () => {
    assert.deepEqual(trimmed(await train(model, large), small), await train(model, small));
  });
}

test("a vocabulary can be cut down to its characters, and not further", async () => {
  const tokenizer = await train("bpe", 300);
  const smallest = smallestSize(tokenizer) as number;
  assert.ok(smallest > 0 && smallest < 300);
  const { model } = trimmed(tokenizer, smallest);
  assert.ok(model.type === "BPE");
  assert.deepEqual(model.merges, []);
});

test("a Unigram vocabulary is not cut", async () => {
  const tokenizer = await train("unigram", 60);
  assert.equal(smallestSize(tokenizer), undefined);
  assert.equal(trimmed(tokenizer, 10), tokenizer);
});

test("what was learned is listed as people read it", async () => {
  const tokenizer = await train("bpe", 300);
  assert.ok(vocabularySize(tokenizer) <= 300);
  const lists = Object.fromEntries(learnedLists(tokenizer).map(({ title, pieces }) => [title, pieces]));
  assert.deepEqual(Object.keys(lists), ["Longest", "First merges", "Newest merges"]);
  const [first] = lists["First merges"] ?? [];
  assert.equal(first?.parts?.join(""), first?.text);
  const lengths = (lists.Longest ?? []).map(({ text }) => text.length);
  assert.deepEqual(
    lengths,
    lengths.toSorted((a, b) => b - a),
  );
  for (const { text } of lists.Longest ?? []) assert.ok(!text.includes("\u0120"), "byte spellings are shown as text");
});

test("the unknown id is found where a model has one", async () => {
  assert.ok(unknownIdOf(await train("words", 25)) >= 0);
  assert.equal(unknownIdOf({ model: { type: "BPE", vocab: {}, merges: [] } }), -1);
});
