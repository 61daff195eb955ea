// Text classifiers of FastText: the labels and probabilities of the reference, for each way it has of training them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { loadTextClassifier } from "kinvec/words";
import { tinyClassifier } from "./fasttext_file_maker.mjs";
import { goldenJson, goldenPath } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const texts = goldenJson("sentences.json").map((text) => text.trim().split(/\s+/).join(" "));
const golden = goldenJson("words/labels.json"); // by FastText
const softmax = await loadTextClassifier(goldenPath("words/softmax.bin"));

describe("a text classifier", () => {
  for (const [name, { predictions }] of Object.entries(golden)) {
    it(`gives the labels and probabilities of FastText (${name})`, async () => {
      const classifier = await loadTextClassifier(goldenPath(`words/${name}`));
      for (const [i, { labels, scores }] of predictions.entries()) {
        const found = classifier.predict(texts[9 * i], { topK: 1000 });
        for (const [j, label] of labels.split(" ").entries()) {
          // Of equal ones any may be first.
          const own = found.find((hit) => hit.label === label);
          assert.ok(Math.abs(own.probability - scores[j]) < 1e-5, `${label} of ${texts[9 * i]}`);
          assert.ok(Math.abs(found[j].probability - scores[j]) < 1e-5);
        }
      }
    });

    it(`gives as many labels as are asked for and probable enough, best first (${name})`, async () => {
      const classifier = await loadTextClassifier(goldenPath(`words/${name}`));
      const all = classifier.predict(texts[0], { topK: 1000 });
      assert.equal(all.length, classifier.labels.length);
      assert.deepEqual(all.map(({ label }) => label).sort(), [...classifier.labels].sort());
      for (let i = 1; i < all.length; i++) assert.ok(all[i - 1].probability >= all[i].probability);
      assert.deepEqual(classifier.predict(texts[0]), all.slice(0, 1));
      const threshold = (all[0].probability + all.at(-1).probability) / 2;
      const likely = classifier.predict(texts[0], { topK: 1000, threshold });
      assert.deepEqual(
        likely,
        all.filter(({ probability }) => probability >= threshold),
      );
    });
  }

  it("knows its labels, most frequent first", () => {
    assert.equal(softmax.labels.length, 6);
    assert.ok(softmax.labels.every((label) => label.startsWith("__label__")));
    assert.equal(softmax.dimensions, 7);
  });

  it("takes line ends for spaces, and what looks like a label for none of the text", () => {
    const expected = softmax.predict("how do I reset my password ?", { topK: 6 });
    assert.deepEqual(softmax.predict("\n how do\r\n\tI reset  my\vpassword\f?\0", { topK: 6 }), expected);
    assert.deepEqual(softmax.predict("how do __label__long I __label__x reset my password ?", { topK: 6 }), expected);
    assert.deepEqual(softmax.predict("how do I reset my password ? </s> and the rest", { topK: 6 }), expected);
  });

  it("says something of the empty text if its end is known, and of text that is not UTF-16", () => {
    assert.equal(softmax.predict("").length, 1);
    assert.equal(softmax.predict("\ud800").length, 1);
  });

  it("refuses arguments that are wrong and goes on", async () => {
    await failsWith("INVALID_ARGUMENT", () => softmax.predict(["a"]), /text must be a string/);
    for (const options of [{ topK: 0 }, { topK: 1.5 }, { threshold: 2 }, { threshold: "0" }, 3]) {
      await failsWith("INVALID_ARGUMENT", () => softmax.predict("a", options), /options/);
    }
    assert.equal(softmax.predict("a").length, 1);
  });
});

describe("a classifier of FastText's file format", () => {
  it("may have one label, of any loss", async () => {
    for (const loss of [1, 2, 3, 4]) {
      const classifier = await loadTextClassifier(tinyClassifier({ loss, labels: ["__label__only"] }));
      const [{ label, probability }] = classifier.predict("the", { topK: 5 });
      assert.equal(label, "__label__only");
      assert.ok(probability > 0 && probability < 1.0001);
    }
  });

  it("has no label for a text of which it knows nothing", async () => {
    const classifier = await loadTextClassifier(tinyClassifier({ words: ["the"], buckets: 0 }));
    assert.deepEqual(classifier.predict("a"), []);
    assert.equal(classifier.predict("the").length, 1);
  });

  it("descends a tree of labels in any order of their counts", async () => {
    const labels = Array.from({ length: 3000 }, (_, i) => `__label__${i}`);
    const bytes = tinyClassifier({ loss: 1, labels });
    for (const label of labels) bytes.writeBigInt64LE(0n, bytes.indexOf(`${label}\0`) + label.length + 1);
    assert.ok((await loadTextClassifier(bytes)).predict("the", { topK: 3000 }).length > 0);
  });
});

describe("loadTextClassifier", () => {
  it("takes a file in chunks of any size", async () => {
    const bytes = readFileSync(goldenPath("words/pruned.ftz"));
    const whole = await loadTextClassifier(bytes);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
      bytes.subarray(1000 * i, 1000 * i + 1000),
    );
    const streamed = await loadTextClassifier(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(new Uint8Array(piece));
          controller.close();
        },
      }),
    );
    assert.deepEqual(streamed.predict(texts[1], { topK: 9 }), whole.predict(texts[1], { topK: 9 }));
  });

  it("refuses word vectors without labels, and what is no model", async () => {
    await failsWith(
      "UNSUPPORTED_ARCHITECTURE",
      () => loadTextClassifier(goldenPath("words/skipgram.bin")),
      /loadWordVectors/,
    );
    await failsWith("MODEL_FORMAT", () => loadTextClassifier(new TextEncoder().encode("a 1 2\n")));
    await failsWith(
      "MODEL_FORMAT",
      () => loadTextClassifier(new TextEncoder().encode("labels and labels")),
      /no file of FastText/,
    );
    await failsWith("INVALID_ARGUMENT", () => loadTextClassifier(5));
  });

  it("refuses a label whose count the tree of labels cannot have", async () => {
    const bytes = tinyClassifier({ loss: 1, labels: ["__label__a", "__label__b"] });
    assert.equal((await loadTextClassifier(bytes)).predict("the", { topK: 5 }).length, 2);
    bytes.writeBigInt64LE(-1n, bytes.indexOf("__label__b") + 11);
    await failsWith("MODEL_FORMAT", () => loadTextClassifier(bytes), /-1 times/);
  });
});
