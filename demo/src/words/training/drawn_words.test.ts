import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnWords } from "./drawn_words.ts";

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);

test("the page's own words are drawn where the texts have enough of them", () => {
  const preferred = numbered("noun", 100);
  assert.deepEqual(drawnWords(["the", "of", ...preferred], [...preferred, "absent"]), preferred);
});

test("else the texts' most frequent words, but for the short ones", () => {
  const words = ["the", "of", ...numbered("word", 400)];
  const drawn = drawnWords(words, ["noun", "word3"]);
  assert.equal(drawn[0], "word0");
  assert.equal(drawn.length, 260);
});

test("short words are better than none", () => {
  assert.deepEqual(drawnWords(["a", "b", "long word"], []), ["a", "b", "long word"]);
});
