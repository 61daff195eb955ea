import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksToText, markupToBlocks } from "./markup.mjs";

test("paragraphs and lists keep their order and lose their tags", () => {
  assert.deepEqual(
    markupToBlocks("<p>Draw\n   <em>well</em>.</p><ul><li>Layers</li> <li> Brushes </li></ul><p>Fast.</p>"),
    ["Draw well.", ["Layers", "Brushes"], "Fast."],
  );
});

test("entities become characters once, and broken ones stay", () => {
  assert.deepEqual(markupToBlocks("<p>A &amp;lt; B &quot;C&quot; &#39;D&#x27; &unknown; &#x110000;E</p>"), [
    "A &lt; B \"C\" 'D' &unknown; E",
  ]);
});

test("a list flowed into a paragraph becomes a list again", () => {
  assert.deepEqual(markupToBlocks("<p>Features: * fast start * small * 2 * 3 works</p>"), [
    "Features:",
    ["fast start", "small", "2", "3 works"],
  ]);
  assert.deepEqual(markupToBlocks("<p>A 2 * 3 product</p>"), ["A 2 * 3 product"]);
});

test("text without paragraphs is one paragraph, nothing gives nothing", () => {
  assert.deepEqual(markupToBlocks("plain <b>words</b>"), ["plain words"]);
  assert.deepEqual(markupToBlocks("<p> </p>"), []);
});

test("a description as one line", () => {
  assert.equal(blocksToText(["Draw:", ["a", "b"]]), "Draw: a b");
});
