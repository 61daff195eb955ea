// What vectorizers have learned, as JSON and back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CountVectorizer, TfidfVectorizer } from "kinvec/words";
import { goldenJson } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const texts = [...goldenJson("sentences.json").slice(0, 60), ...goldenJson("counts.json").texts];
const few = ["cat cat", "a dog"];

/** A state with some of its values changed. */
const changed = (vectorizer, change) => {
  const state = JSON.parse(JSON.stringify(vectorizer));
  change(state);
  return state;
};

describe("the state of a vectorizer", () => {
  const sets = [
    {},
    { analyzer: "char_wb", ngramRange: [2, 3], minDf: 2, maxDf: 0.9, maxFeatures: 30, binary: true, lowercase: false },
    { tokenPattern: /#?(\p{Lu}\w+)/gu, stopWords: ["The"], lowercase: false },
    { vocabulary: ["the", "cat"] },
  ];
  for (const [name, Vectorizer, more] of [
    ["CountVectorizer", CountVectorizer, [{}]],
    [
      "TfidfVectorizer",
      TfidfVectorizer,
      [
        { norm: null, sublinearTf: true },
        { norm: "l1", smoothIdf: false },
      ],
    ],
  ]) {
    for (const options of sets.flatMap((set) => more.map((each) => ({ ...set, ...each })))) {
      it(`makes a ${name} that goes on as the one it was of: ${JSON.stringify(options)}`, () => {
        const own = new Vectorizer(options).fit(texts.slice(0, 60));
        for (const json of [JSON.stringify(own), own.toJSON(), structuredClone(own.toJSON())]) {
          const again = Vectorizer.fromJSON(json);
          assert.equal(JSON.stringify(again), JSON.stringify(own));
          assert.deepEqual(again.transform(texts), own.transform(texts));
          const other = new Vectorizer(options).fit(texts.slice(0, 60));
          for (const each of [again, other]) {
            each.add(texts.slice(60));
            each.remove(texts.slice(10, 20));
          }
          assert.deepEqual(again.transform(texts), other.transform(texts));
        }
      });
    }
  }

  it("asks for the tokenizer that it was made with, and for no other", async () => {
    const tokenizer = (text) => text.split(" ");
    for (const Vectorizer of [CountVectorizer, TfidfVectorizer]) {
      const own = JSON.stringify(new Vectorizer({ tokenizer }).fit(few));
      await failsWith("INVALID_ARGUMENT", () => Vectorizer.fromJSON(own), /tokenizer is missing/);
      assert.deepEqual(Vectorizer.fromJSON(own, { tokenizer }).featureNames, ["a", "cat", "dog"]);
      const plain = JSON.stringify(new Vectorizer().fit(few));
      await failsWith("INVALID_ARGUMENT", () => Vectorizer.fromJSON(plain, { tokenizer }), /not wanted/);
    }
  });

  it("is refused if it is damaged", async () => {
    const counts = new CountVectorizer().fit(few);
    const whole = JSON.stringify(counts);
    const damages = [
      (state) => delete state.format,
      (state) => delete state.options,
      (state) => delete state.options.tokenPattern,
      (state) => delete state.texts,
      (state) => (state.options.tokenPattern.source = "("),
      (state) => (state.options.tokenPattern.flags = "q"),
      (state) => (state.options.tokenPattern.source = "(a)(b)"),
      (state) => (state.options.analyzer = "page"),
      (state) => (state.options.ngramRange = [3, 1]),
      (state) => (state.options.stopWords = [1]),
      (state) => (state.options.vocabulary = ["cat"]),
      (state) => (state.texts = -1),
      (state) => (state.texts = 1.5),
      (state) => (state.texts = 0),
      (state) => (state.terms = { 0: "cat", 1: "dog", length: 2 }),
      (state) => state.terms.push("eel"),
      (state) => state.terms.reverse(),
      (state) => (state.terms[1] = state.terms[0]),
      (state) => (state.terms[0] = 7),
      (state) => (state.documentFrequencies[0] = 0),
      (state) => (state.documentFrequencies[0] = 3),
      (state) => (state.documentFrequencies[0] = "1"),
      (state) => state.frequencies.pop(),
      (state) => (state.frequencies[0] = 0.5),
      (state) => (state.frequencies[0] = 1e300),
    ];
    for (const damage of damages) {
      const state = changed(counts, damage);
      await failsWith("MODEL_FORMAT", () => CountVectorizer.fromJSON(state), /state/);
    }
    for (const json of ["", "{", whole.slice(0, -1), "null", "[]", undefined, 3, new TfidfVectorizer().toJSON()]) {
      await failsWith("MODEL_FORMAT", () => CountVectorizer.fromJSON(json), /state/);
    }
    const { at } = await failsWith("MODEL_FORMAT", () =>
      CountVectorizer.fromJSON(changed(counts, (state) => (state.frequencies[1] = 0))),
    );
    assert.equal(at, 1);

    const tfidf = new TfidfVectorizer().fit(few);
    for (const damage of [
      (state) => (state.norm = "max"),
      (state) => (state.useIdf = 1),
      (state) => delete state.counts,
      (state) => delete state.counts.terms,
    ]) {
      await failsWith("MODEL_FORMAT", () => TfidfVectorizer.fromJSON(changed(tfidf, damage)), /state/);
    }
  });

  it("is refused if it is of another version", async () => {
    const later = changed(new CountVectorizer().fit(few), (state) => (state.version = 2));
    await failsWith("MODEL_VERSION", () => CountVectorizer.fromJSON(later), /version 2/);
    const tfidf = changed(new TfidfVectorizer().fit(few), (state) => (state.version = "1"));
    await failsWith("MODEL_VERSION", () => TfidfVectorizer.fromJSON(tfidf), /version "1"/);
  });
});
