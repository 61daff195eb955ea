// Views into the model: tokens, token vectors, attention, hidden states.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { loadTested } from "./helpers.mjs";
import { tiny, tinyCheckpoint, vocabulary } from "./tiny_checkpoint.mjs";

describe("looking into a model", () => {
  let model;
  before(async () => {
    model = await loadTested(tinyCheckpoint(), { dtype: "f32" });
  });
  after(() => model.dispose());

  it("shows the tokens of a text with their places in it", async () => {
    const text = "The \u00FCnwanted CAT!";
    const { ids, tokens, offsets, truncated } = await model.tokenize(text);
    assert.deepEqual(tokens, ["[CLS]", "the", "un", "##want", "##ed", "cat", "!", "[SEP]"]);
    assert.deepEqual(
      [...ids],
      tokens.map((token) => vocabulary.indexOf(token)),
    );
    assert.deepEqual(
      offsets.map(([start, end]) => text.slice(start, end)),
      ["", "The", "\u00FCn", "want", "ed", "CAT", "!", ""],
    );
    assert.equal(truncated, false);
  });

  it("counts offsets in UTF-16 units", async () => {
    const text = "\u{1F600} cat";
    const { offsets, tokens } = await model.tokenize(text, { addSpecialTokens: false });
    assert.deepEqual(tokens, ["[UNK]", "cat"]);
    assert.deepEqual(offsets, [
      [0, 2],
      [3, 6],
    ]);
  });

  it("leaves special tokens out on request", async () => {
    const { tokens } = await model.tokenize("cat", { addSpecialTokens: false });
    assert.deepEqual(tokens, ["cat"]);
    assert.deepEqual((await model.tokenize("", { addSpecialTokens: false })).tokens, []);
  });

  it("cuts at the model's limit and says so", async () => {
    const { ids, tokens, truncated } = await model.tokenize("cat ".repeat(30));
    assert.equal(ids.length, tiny.maxTokens);
    assert.equal(tokens.at(-1), "[SEP]");
    assert.equal(truncated, true);
  });

  it("finds special tokens written in the text", async () => {
    assert.deepEqual((await model.tokenize("cat[SEP]dog")).tokens, ["[CLS]", "cat", "[SEP]", "dog", "[SEP]"]);
  });

  it("gives one vector per token", async () => {
    const { tokens, ids, vectors, offsets } = await model.embedTokens("the cat");
    assert.deepEqual(tokens, ["[CLS]", "the", "cat", "[SEP]"]);
    assert.equal(ids.length, 4);
    assert.equal(offsets.length, 4);
    assert.equal(vectors.length, 4);
    for (const vector of vectors) assert.equal(vector.length, tiny.hidden);
  });

  it("gives attention by layer, head, from and to, in rows that sum to 1", async () => {
    const { attention, tokens, hiddenStates } = await model.attention("the cat sat on the mat");
    assert.equal(hiddenStates, undefined);
    assert.equal(attention.length, tiny.layers);
    for (const layer of attention) {
      assert.equal(layer.length, tiny.heads);
      for (const head of layer) {
        assert.equal(head.length, tokens.length);
        for (const row of head) {
          assert.equal(row.length, tokens.length);
          assert.ok(Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
        }
      }
    }
  });

  it("gives the hidden states of every layer on request, the last being the token vectors", async () => {
    const { hiddenStates } = await model.attention("the cat", { hiddenStates: true });
    assert.equal(hiddenStates.length, tiny.layers + 1);
    const { vectors } = await model.embedTokens("the cat");
    for (const [i, vector] of vectors.entries()) assert.deepEqual([...hiddenStates.at(-1)[i]], [...vector]);
    assert.notDeepEqual([...hiddenStates[0][1]], [...hiddenStates[1][1]]);
  });
});
