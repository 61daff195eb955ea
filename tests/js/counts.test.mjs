// Counts and TF-IDF with the values of scikit-learn, and texts that come and go.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { CountVectorizer, sparseRow, TfidfVectorizer } from "kinvec/words";
import { goldenJson } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const golden = goldenJson("counts.json"); // by scikit-learn
const texts = [...goldenJson("sentences.json"), ...golden.texts];

const hashed = (values) => createHash("sha256").update(values.join("\0")).digest("hex");
const optionsOf = ({ tokenPattern, ...options }) =>
  tokenPattern === undefined ? options : { ...options, tokenPattern: new RegExp(tokenPattern, "u") };

/** Compares rows of all texts with what the reference made of them. */
function assertGolden(vectorizer, rows, { features, shape, indices, values }) {
  assert.deepEqual(rows.shape, shape);
  assert.equal(hashed(vectorizer.featureNames), features);
  assert.equal(hashed([...rows.indptr, ...rows.indices]), indices);
  const own = golden.sample.flatMap((row) => [...sparseRow(rows, row).data]);
  assert.equal(own.length, values.length);
  for (const [i, value] of own.entries()) assert.ok(Math.abs(value - values[i]) < 1e-6, `${value}, not ${values[i]}`);
}

for (const [name, Vectorizer, sets] of [
  ["CountVectorizer", CountVectorizer, golden.counts],
  ["TfidfVectorizer", TfidfVectorizer, golden.weights],
]) {
  describe(`${name}, as scikit-learn's`, () => {
    for (const set of sets) {
      it(`has its terms and values with ${JSON.stringify(set.options)}`, () => {
        const vectorizer = new Vectorizer(optionsOf(set.options));
        assertGolden(vectorizer, vectorizer.fitTransform(texts), set);
      });
    }
  });
}

describe("the words of a text", () => {
  /** The code points for which the runs of a golden file say yes. */
  function codePoints(runs) {
    const found = [];
    let start = 0;
    for (const [i, length] of runs.entries()) {
      if (i % 2 === 1) for (let point = start; point < start + length; point++) found.push(point);
      start += length;
    }
    return found.map((point) => String.fromCodePoint(point));
  }
  const assigned = codePoints(golden.characters.assigned);

  it("have the letters and numbers that Python's have, of all that its version of Unicode knows", () => {
    // Where one is no part of a word, the letters around it are too short to be words.
    const { vocabulary } = new CountVectorizer({ lowercase: false }).fit(assigned.map((one) => `a${one}a`));
    const words = new Set(codePoints(golden.characters.words));
    assert.ok(words.size > 130_000);
    const wrong = assigned.filter((one) => vocabulary.has(`a${one}a`) !== words.has(one));
    assert.deepEqual(wrong, []);
  });

  it("are read in lower case as Python reads them", () => {
    let read;
    const tokenizer = (text) => {
      read = text;
      return [];
    };
    new CountVectorizer({ tokenizer }).fit(assigned.join("\n"));
    assert.equal(hashed([read]), golden.characters.lower);
  });

  it("are what an own tokenizer makes of it", async () => {
    const counts = new CountVectorizer({ tokenizer: (text) => text.split("-"), ngramRange: [1, 2], stopWords: ["c"] });
    assert.deepEqual(counts.fit("A-b-C").featureNames, ["a", "a b", "b"]);
    const wrong = new CountVectorizer({ tokenizer: () => "a" });
    await failsWith("INVALID_ARGUMENT", () => wrong.fit("a"), /options.tokenizer must answer an array/);
  });
});

describe("texts that are added and removed", () => {
  const kinds = [
    ["CountVectorizer", (options) => new CountVectorizer(options)],
    ["TfidfVectorizer", (options) => new TfidfVectorizer(options)],
  ];
  const sets = [
    {},
    { ngramRange: [1, 2], minDf: 0.01, maxDf: 0.5, maxFeatures: 200 },
    { analyzer: "char", binary: true, minDf: 2 },
    { vocabulary: ["the", "dog", "unheard"] },
  ];
  for (const [name, make] of kinds) {
    for (const options of sets) {
      it(`leave a ${name} as one that was fitted on the rest: ${JSON.stringify(options)}`, () => {
        const changed = make(options).fit(texts.slice(0, 100));
        changed.add(texts.slice(100, 300));
        changed.remove(texts.slice(50, 150));
        changed.add(texts.slice(400));
        changed.remove(texts[7]);
        const rest = texts.filter((_, i) => i !== 7 && (i < 50 || (i >= 150 && i < 300) || i >= 400));
        const fitted = make(options).fit(rest.toReversed());
        assert.equal(JSON.stringify(changed), JSON.stringify(fitted));
        assert.deepEqual(changed.featureNames, fitted.featureNames);
        assert.deepEqual(changed.documentFrequencies, fitted.documentFrequencies);
        assert.deepEqual(changed.idf, fitted.idf);
        assert.deepEqual(changed.transform(texts), fitted.transform(texts));
        changed.clear();
        assert.equal(JSON.stringify(changed), JSON.stringify(make(options)));
      });
    }
  }

  it("are refused as a whole where they cannot have been added, and nothing changes", async () => {
    const counts = new CountVectorizer().fit(["a cat cat", "the dog"]);
    const before = JSON.stringify(counts);
    for (const gone of [
      "a cow",
      "a cat",
      "the dog dog",
      ["the dog", "the dog"],
      ["cat", "a", "dog", "the"],
      ["", ""],
    ]) {
      await failsWith("INVALID_ARGUMENT", () => counts.remove(gone), /not all added/);
    }
    await failsWith("INVALID_ARGUMENT", () => counts.add(["one", 2]), /texts\[1\]/);
    assert.equal(JSON.stringify(counts), before);
    const fussy = new TfidfVectorizer({ tokenizer: (text) => (text === "bad" ? 0 : [text]) }).fit("good");
    await failsWith("INVALID_ARGUMENT", () => fussy.add(["better", "bad"]), /tokenizer/);
    assert.deepEqual(fussy.featureNames, ["good"]);
  });
});

describe("the weights of terms", () => {
  it("are those of the formula, and change with the texts", () => {
    const tfidf = new TfidfVectorizer().fit(["cat", "cat dog"]);
    assert.deepEqual(tfidf.idf, Float64Array.of(1 + Math.log(3 / 3), 1 + Math.log(3 / 2)));
    tfidf.add("dog");
    assert.deepEqual(tfidf.idf, Float64Array.of(1 + Math.log(4 / 3), 1 + Math.log(4 / 3)));
    tfidf.remove("cat");
    assert.deepEqual(tfidf.idf, Float64Array.of(1 + Math.log(3 / 2), 1));
  });

  it("are finite without smoothing too, and 1 without idf", () => {
    const vocabulary = ["cat", "cow"];
    const tfidf = new TfidfVectorizer({ vocabulary, smoothIdf: false }).fit(["cat", "dog"]);
    assert.deepEqual(tfidf.idf, Float64Array.of(1 + Math.log(2), 0));
    assert.deepEqual(tfidf.transform("cow").data, Float64Array.of(0));
    assert.deepEqual(new TfidfVectorizer({ vocabulary, useIdf: false }).transform("cow cow").data, Float64Array.of(1));
  });

  it("answers copies, which nobody can change the weights by", () => {
    const tfidf = new TfidfVectorizer().fit(["cat"]);
    tfidf.idf.fill(9);
    tfidf.featureNames.push("dog");
    assert.deepEqual(tfidf.idf, Float64Array.of(1));
    assert.deepEqual(tfidf.featureNames, ["cat"]);
  });
});

describe("the options of a vectorizer", () => {
  const wrong = [
    [{ analyzer: "words" }, /analyzer must be one of/],
    [{ lowercase: 1 }, /lowercase/],
    [{ tokenPattern: "a" }, /tokenPattern must be a RegExp/],
    [{ tokenPattern: /(a)(b)/ }, /one group/],
    [{ tokenizer: "a" }, /tokenizer must be a function/],
    [{ stopWords: "english" }, /stopWords/],
    [{ ngramRange: 2 }, /ngramRange/],
    [{ ngramRange: [2, 1] }, /ngramRange\[1\]/],
    [{ ngramRange: [0, 1] }, /ngramRange\[0\]/],
    [{ minDf: -1 }, /minDf/],
    [{ minDf: 1.5 }, /minDf/],
    [{ maxDf: "2" }, /maxDf/],
    [{ maxFeatures: 0 }, /maxFeatures/],
    [{ binary: "yes" }, /binary/],
    [{ vocabulary: ["a", "a"] }, /twice/],
    [{ vocabulary: new Set(["a"]) }, /vocabulary/],
  ];
  const wrongWeights = [
    [{ norm: "max" }, /norm/],
    [{ useIdf: 0 }, /useIdf/],
    [{ smoothIdf: 0 }, /smoothIdf/],
    [{ sublinearTf: "" }, /sublinearTf/],
  ];

  it("are refused by name if they are wrong", async () => {
    for (const [options, message] of wrong) {
      await failsWith("INVALID_ARGUMENT", () => new CountVectorizer(options), message);
      await failsWith("INVALID_ARGUMENT", () => new TfidfVectorizer(options), message);
    }
    for (const [options, message] of wrongWeights) {
      await failsWith("INVALID_ARGUMENT", () => new TfidfVectorizer(options), message);
    }
  });

  it("take a pattern as it is, whatever its flags and where it was used last", () => {
    const tokenPattern = /[a-z]+/giy;
    tokenPattern.lastIndex = 3;
    const counts = new CountVectorizer({ tokenPattern, lowercase: false });
    assert.deepEqual(counts.fit("1 one TWO").featureNames, ["TWO", "one"]);
    assert.deepEqual(counts.fit("1 one TWO").featureNames, ["TWO", "one"]);
  });

  it("keep of equally frequent terms those that come first", () => {
    const counts = new CountVectorizer({ maxFeatures: 2 });
    assert.deepEqual(counts.fit("dd cc bb aa dd").featureNames, ["aa", "dd"]);
  });

  it("ask for texts before there are rows", async () => {
    await failsWith("INVALID_ARGUMENT", () => new CountVectorizer().transform("a"), /fit/);
    await failsWith("INVALID_ARGUMENT", () => new TfidfVectorizer().transform("a"), /fit/);
    await failsWith("INVALID_ARGUMENT", () => new TfidfVectorizer({ vocabulary: ["cat"] }).transform("cat"), /fit/);
    assert.deepEqual(new CountVectorizer({ vocabulary: ["cat"] }).transform("cat").data, Float64Array.of(1));
  });

  it("may leave no term, and rows without columns", () => {
    const { data, indptr, shape } = new TfidfVectorizer({ minDf: 3 }).fitTransform(["cat", "dog"]);
    assert.deepEqual([data.length, [...indptr], shape], [0, [0, 0, 0], [2, 0]]);
  });
});
