import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf } from "./counts.ts";
import { overlapping } from "./overlap.ts";
import { textInfo } from "./text_info.ts";

test("words are counted as readers count them, characters as code points", () => {
  const { words, characters } = textInfo("Cats, dogs & 3 \u{1f40a}!");
  assert.equal(words, 3);
  assert.equal(characters, 17);
});

test("Chinese has words without spaces", () => {
  assert.ok(textInfo("\u81ea\u7531\u8f6f\u4ef6").words >= 2);
});

test("each word has one colour, neighbours have different ones", () => {
  const { hues } = textInfo("one two");
  assert.equal(new Set(hues.slice(0, 3)).size, 1);
  assert.equal(hues[3], hues[4], "a space has the colour of the word after it");
  assert.notEqual(hues[2], hues[4]);
});

test("an empty text has no ratios", () => {
  const nothing = new Int32Array(0);
  const counts = countsOf(
    { ids: nothing, tokens: [], offsets: nothing, wordIds: nothing, special: new Uint8Array(0), unknownId: -1 },
    textInfo(""),
  );
  assert.deepEqual(counts, { tokens: 0, unknown: 0, tokensPerWord: undefined, charactersPerToken: undefined });
});

test("tokens that share a unit with a stretch are found, empty ones are not", () => {
  const offsets = Int32Array.of(0, 0, 0, 2, 2, 6, 6, 6, 7, 10);
  assert.deepEqual(overlapping(offsets, { start: 1, end: 3 }), [1, 2]);
  assert.deepEqual(overlapping(offsets, { start: 6, end: 7 }), []);
  assert.deepEqual(overlapping(offsets, { start: 0, end: 10 }), [1, 2, 4]);
});
