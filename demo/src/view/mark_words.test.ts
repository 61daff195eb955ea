import assert from "node:assert/strict";
import { test } from "node:test";
import { markedPieces } from "./mark_words.ts";

const marked = (sentence: string, query: string) =>
  markedPieces(sentence, query)
    .filter(({ isMarked }) => isMarked)
    .map(({ text }) => text);

test("words of the query are marked, in whatever case and form", () => {
  assert.deepEqual(marked("Painting and drawing for everyone", "paint a picture"), ["Painting"]);
  assert.deepEqual(marked("Edit your photos", "editing photo"), ["Edit", "photos"]);
  assert.deepEqual(marked("D\u00e9j\u00e0 vu", "deja"), ["D\u00e9j\u00e0"]);
});

test("words without meaning and short beginnings are not", () => {
  assert.deepEqual(marked("A program for the party", "a program for art"), []);
});

test("the pieces are the sentence", () => {
  const sentence = "\u201cOne\u201d, two; three!";
  assert.equal(
    markedPieces(sentence, "two")
      .map(({ text }) => text)
      .join(""),
    sentence,
  );
});
