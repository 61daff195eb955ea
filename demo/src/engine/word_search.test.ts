import assert from "node:assert/strict";
import { test } from "node:test";
import type { Program } from "../catalogue/catalogue.ts";
import { rankByMeaning, rankByWords } from "./ranking.ts";
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

test("names count more than keywords, keywords more than summaries", () => {
  assert.deepEqual(rankByWords("krita", words), [1]);
  assert.deepEqual(rankByWords("painting", words), [0, 1]);
  assert.deepEqual(rankByWords("gimp", words), [0]);
});

test("beginnings of words and accents do not matter", () => {
  assert.deepEqual(rankByWords("DEJA", words), [2]);
  assert.deepEqual(rankByWords("photogr", words), [0]);
  assert.deepEqual(rankByWords("zzz", words), []);
  assert.deepEqual(rankByWords("", words), []);
});

test("meaning decides, and a typed name comes first", () => {
  const hits = { items: Int32Array.from([1, 0, 2]), scores: Float32Array.from([0.6, 0.5, 0.1]), milliseconds: 1 };
  assert.deepEqual(rankByMeaning(hits, "paint a portrait", words), [1, 0, 2]);
  assert.deepEqual(rankByMeaning(hits, "déjà", words), [2, 1, 0]);
  assert.deepEqual(rankByMeaning(hits, "gimp", words), [0, 1, 2]);
});
