import assert from "node:assert/strict";
import { test } from "node:test";
import type { Program } from "../catalogue/catalogue.ts";
import { queryWords, WordSearch } from "./word_search.ts";

const program = (id: string, name: string, summary: string, keywords: string[] = []): Program => ({
  id,
  name,
  summary,
  keywords,
  sections: ["Graphics"],
  prior: 0,
  hasIcon: false,
});

const words = new WordSearch([
  program("org.gimp.GIMP", "GNU Image Manipulation Program", "Create images and edit photographs", ["painting"]),
  program("org.kde.krita", "Krita", "Digital painting"),
  program("deja-dup", "Déjà Dup Backups", "Protect yourself from data loss"),
]);

test("words that carry no meaning are left out, unless there are no others", () => {
  assert.deepEqual(queryWords("I want a program to edit photos"), ["edit", "photos"]);
  assert.deepEqual(queryWords("how to"), ["how", "to"]);
  assert.deepEqual(queryWords("C++ and C#"), ["c++", "c#"]);
});

const best = (scores: Float32Array) => Array.from(scores.keys()).filter((i) => (scores[i] as number) > 0);

test("names count more than keywords, keywords more than summaries", () => {
  assert.deepEqual(best(words.scores("krita")), [1]);
  const [keyword, summary] = words.scores("painting");
  assert.ok((keyword as number) > (summary as number) && (summary as number) > 0);
  assert.deepEqual(best(words.scores("gimp")), [0]);
});

test("beginnings of words and accents do not matter", () => {
  assert.deepEqual(best(words.scores("DEJA")), [2]);
  assert.deepEqual(best(words.scores("photogr")), [0]);
  assert.deepEqual(best(words.scores("zzz")), []);
  assert.deepEqual(best(words.scores("")), []);
});

test("a name typed in full counts most, its beginning less, a word of the summary nothing", () => {
  assert.equal(words.nameScores("krita")[1], 1);
  const start = words.nameScores("déjà")[2] as number;
  assert.ok(start > 0.5 && start < 1);
  assert.equal(words.nameScores("painting")[1], 0);
});
