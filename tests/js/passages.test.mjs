// Sentences of a text, and the one that answers a query.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { bestPassage, splitSentences } from "kinvec/search";
import { cosine } from "./goldens.mjs";
import { failsWith, loadTested, modelFile } from "./helpers.mjs";

const split = (text, options) => splitSentences(text, options).map((sentence) => sentence.text);

/** Each test runs with the platform's rules and with those of the package. */
function both(name, test) {
  it(name, test);
  it(`${name}, without Intl.Segmenter`, () => {
    const { Segmenter } = Intl;
    try {
      delete Intl.Segmenter;
      test();
    } finally {
      Intl.Segmenter = Segmenter;
    }
  });
}

describe("splitSentences", () => {
  both("ends them by their marks", () => {
    assert.deepEqual(split("It rains. “Really?” Yes! It was 3.5 mm, e.g. much. Or not"), [
      "It rains.",
      "“Really?”",
      "Yes!",
      "It was 3.5 mm, e.g. much.",
      "Or not",
    ]);
    assert.deepEqual(split("雨が降る。本当？はい！"), ["雨が降る。", "本当？", "はい！"]);
  });

  both("goes on behind initials and titles", () => {
    assert.deepEqual(split("Dr. No met J. R. Smith. They talked."), ["Dr. No met J. R. Smith.", "They talked."]);
  });

  both("goes on behind a line break, and not behind an empty line", () => {
    assert.deepEqual(split("One sentence\nof two lines. Another\r\nof two.\n\nA title\n\n \nThe end"), [
      "One sentence\nof two lines.",
      "Another\r\nof two.",
      "A title",
      "The end",
    ]);
  });

  both("ends headings and list items where Markdown does", () => {
    assert.deepEqual(split("# Tea\nBoil water\nfirst.\n- green\n- black,\n  strong\n2. white"), [
      "# Tea",
      "Boil water\nfirst.",
      "- green",
      "- black,\n  strong",
      "2. white",
    ]);
  });

  both("says where they stand, in UTF-16 units, and loses nothing but white space", () => {
    const text = "  🎉 Party!  \n\n\tIt’s 🎂 time…\u2028Bring cake. ";
    const sentences = splitSentences(text);
    for (const { text: sentence, start, end } of sentences) assert.equal(text.slice(start, end), sentence);
    assert.equal(
      sentences
        .map((sentence) => sentence.text)
        .join("")
        .replace(/\s/g, ""),
      text.replace(/\s/g, ""),
    );
    assert.equal(sentences[0].start, 2);
  });

  both("finds none where there is none", () => {
    assert.deepEqual([split(""), split(" \n\n ")], [[], []]);
  });

  it("takes a language, and refuses what is none", async () => {
    assert.deepEqual(split("Τι; Ναι.", { locale: "el" }).length, 2); // where ; is the question mark
    await failsWith("INVALID_ARGUMENT", () => split("a", { locale: "!" }), /"!"/);
    await failsWith("INVALID_ARGUMENT", () => split("a", { locale: 3 }));
    await failsWith("INVALID_ARGUMENT", () => split(3));
  });
});

describe("bestPassage", async () => {
  const model = await loadTested(modelFile);
  after(() => model.dispose());
  const text =
    "Cats sleep for most of the day. A cat’s food\nis mostly meat. Kittens learn to hunt by play.\n\nDogs are another matter.";

  it("finds the sentence that answers, with its place and its cosine", async () => {
    const passage = await bestPassage(model, "What do cats eat?", text);
    assert.equal(passage.text, "A cat’s food\nis mostly meat.");
    assert.equal(text.slice(passage.start, passage.end), passage.text);
    const { vectors } = await model.embed(["What do cats eat?", passage.text]);
    assert.ok(Math.abs(passage.score - cosine(...vectors)) < 1e-6);
  });

  it("takes a query that was embedded before, also shortened", async () => {
    const query = await model.embed("young animals at play", { role: "query" });
    assert.match((await bestPassage(model, query, text)).text, /^Kittens/);
    const warn = console.warn;
    console.warn = () => {};
    const short = await model.embed("young animals at play", { role: "query", dimensions: 128 });
    assert.match((await bestPassage(model, short, text)).text, /^Kittens/);
    console.warn = warn;
  });

  it("answers nothing of a text without sentences", async () => {
    assert.equal(await bestPassage(model, "cats", " \n "), undefined);
  });

  it("refuses another model's query, and wrong arguments", async () => {
    const query = await model.embed("cats");
    await failsWith("MODEL_MISMATCH", () => bestPassage(model, { ...query, fingerprint: "other" }, text));
    await failsWith("INVALID_ARGUMENT", () => bestPassage(model, query, 3));
    await failsWith("INVALID_ARGUMENT", () => bestPassage(model, 3, text));
    await failsWith("INVALID_ARGUMENT", () => bestPassage(model, { ...query, vectors: [] }, text));
    const signal = AbortSignal.abort();
    await failsWith("ABORTED", () => bestPassage(model, "cats", text, { signal }));
  });
});
