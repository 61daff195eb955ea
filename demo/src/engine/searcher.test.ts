import assert from "node:assert/strict";
import { test } from "node:test";
import type { Program } from "../catalogue/catalogue.ts";
import { passageByWords } from "./passages.ts";
import { Searcher } from "./searcher.ts";

const program = (id: string, name: string, summary: string, keywords: string[] = []): Program => ({
  id,
  name,
  summary,
  keywords,
  sections: ["Graphics"],
  prior: 0,
  hasIcon: false,
});
const programs = [
  program("org.gimp.GIMP", "GNU Image Manipulation Program", "Create images and edit photographs", ["painting"]),
  program("org.kde.krita", "Krita", "Digital painting"),
  program("deja-dup", "Déjà Dup Backups", "Protect yourself from data loss"),
];
const texts = [
  "Create images. It removes red eyes from portraits.",
  "A studio for illustrators.",
  "Keeps encrypted copies of your folders.",
];
const searcher = new Searcher(programs, texts);
const nearest = [{ id: 1 }, { id: 0 }, { id: 2 }];

test("by meaning alone, the model's order holds", () => {
  assert.deepEqual(searcher.rank("gimp", "meaning", nearest), [1, 0, 2]);
});

test("by both, a typed name comes first, and shared words help", () => {
  assert.equal(searcher.rank("krita", "both", [{ id: 0 }, { id: 1 }, { id: 2 }])[0], 1);
  assert.equal(searcher.rank("déjà", "both", nearest)[0], 2);
  assert.equal(searcher.rank("red eyes in portraits", "both", nearest)[0], 0);
  assert.deepEqual(searcher.rank("something else entirely", "both", nearest), [1, 0, 2]);
});

test("by words, only what shares one is found, in names, summaries and descriptions", () => {
  assert.deepEqual(searcher.rank("encrypted folders", "words", nearest), [2]);
  assert.deepEqual(searcher.rank("zzz", "words", nearest), []);
  assert.deepEqual(searcher.rank("painting", "words", undefined).toSorted(), [0, 1]);
});

test("the beginning of a word finds it while it is being typed", () => {
  assert.deepEqual(searcher.rank("photogr", "words", undefined), [0]);
});

test("without a model, both ways go by words", () => {
  assert.deepEqual(searcher.rank("krita", "both", undefined), [1]);
});

test("without texts yet, names and summaries are found", () => {
  assert.deepEqual(new Searcher(programs).rank("krita", "both", undefined), [1]);
});

test("a passage is the sentence with most of the query's words", () => {
  assert.equal(passageByWords("remove red eyes", texts[0] as string), "It removes red eyes from portraits.");
  assert.equal(passageByWords("music", texts[0] as string), undefined);
});
