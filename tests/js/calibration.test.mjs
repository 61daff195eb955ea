// Scores that a threshold can be set for: the same for every query, model and size of an index.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CALIBRATION_SENTENCES } from "kinvec/convert";
import { calibrate, createIndex } from "kinvec/search";
import { goldenJson, goldenValues, rowsOf } from "./goldens.mjs";
import { failsWith, loadTested, modelFile } from "./helpers.mjs";

const texts = goldenJson("sentences.json");
const vectors = rowsOf(goldenValues("minilm/vectors.f16"), 384);
const [first, last] = [50, 273]; // the English sentences: reviews, code, medicine, talk, news, science

/** Queries of two kinds for what one sentence of the index says, by its number. */
const keywords = {
  66: "burnt coffee machine",
  81: "dog toy destroyed",
  93: "segfault",
  101: "public key encryption",
  133: "hospital infections hygiene",
  138: "vaccines immune system",
  146: "broken bone plaster",
  191: "eel breeding places",
  195: "stale bread fridge",
  200: "cheese making",
  229: "water on the moon",
  236: "bee dance",
  237: "glacier shrinking",
  241: "octopus anatomy",
  253: "volcano flights cancelled",
  271: "podcast downloader",
};
const questions = {
  66: "Which machine makes coffee that tastes burned?",
  81: "How quickly did a dog break an unbreakable toy?",
  93: "What does the crash of a program with a memory fault print?",
  101: "How can two people who never met share a secret?",
  133: "Does washing your hands prevent infections in hospitals?",
  138: "How does a vaccine prepare the body's defences?",
  146: "How long does a broken limb stay in a cast?",
  191: "In which waters do eels reproduce?",
  195: "Should I keep a loaf in the fridge?",
  200: "By which process is milk turned into cheese?",
  229: "Was frozen water discovered at the lunar pole?",
  236: "How do bees tell each other where flowers are?",
  237: "How far did the ice of a glacier shrink in a century?",
  241: "How many hearts does an octopus have?",
  253: "Why were planes not allowed to fly after the eruption?",
  271: "Is there a program that fetches podcasts for the way to work?",
};

const share = (list, test) => list.filter(test).length / list.length;
const ratherSure = (confidence) => confidence >= 0.8;

describe("calibrated scores", () => {
  let model;
  let index;
  let calibration;
  let embedded; // the queries' vectors, by kind
  before(async () => {
    model = await loadTested(modelFile);
    index = await createIndex({ model });
    index.add(texts.slice(first, last).map((_, i) => first + i), vectors.slice(first, last)); // biome-ignore format: one call
    calibration = calibrate(index);
    const embed = async (queries) => (await model.embed(queries, { role: "query" })).vectors;
    embedded = {
      keywords: await embed(Object.values(keywords)),
      questions: await embed(Object.values(questions)),
      unrelated: await embed(CALIBRATION_SENTENCES),
    };
  });
  after(() => model.dispose());

  /** How sure the best hit of each query is, and that of what it asks for. */
  const best = (queries, of = index, judge = calibration) =>
    queries.map((query) => judge.of(query).confidence(of.search(query, { topK: 1 })[0].score));
  const wanted = (queries) =>
    queries.map((query, i) => {
      const row = vectors[Object.keys(keywords)[i]];
      return calibration.of(query).confidence(row.reduce((sum, value, at) => sum + value * query[at], 0));
    });

  it("tell apart what is there and what is not, for queries of either kind about equally", () => {
    const unrelated = share(best(embedded.unrelated), ratherSure);
    const found = ["keywords", "questions"].map((kind) => share(wanted(embedded[kind]), ratherSure));
    assert.ok(unrelated <= 0.25, `${unrelated}`);
    for (const each of found) assert.ok(each >= 0.8, `${found}`);
    assert.ok(Math.abs(found[0] - found[1]) <= 0.15, `${found}`);
  });

  it("give pairs of unrelated texts a confidence near 0", () => {
    const pairs = embedded.unrelated.map((query, i) => {
      const row = vectors[first + ((i * 37) % (last - first))];
      return calibration.of(query).confidence(row.reduce((sum, value, at) => sum + value * query[at], 0));
    });
    pairs.sort((a, b) => a - b);
    assert.ok(pairs[pairs.length >> 1] < 1e-6);
    assert.ok(pairs[Math.floor(0.9 * pairs.length)] < 0.05);
  });

  it("are the same for a model that scores everything high", async () => {
    // Most of each vector lies in one direction, as with many models.
    const high = (vector) => [...vector, 1.5].map((value) => value / Math.hypot(1, 1.5));
    const other = await createIndex({ dimensions: 385 });
    other.add(index.ids(), vectors.slice(first, last).map(high)); // biome-ignore format: one call
    const queries = [...embedded.keywords, ...embedded.unrelated];
    const lowest = queries.map((query) => other.search(high(query), { topK: 223 }).at(-1).score);
    assert.ok(Math.min(...lowest) > 0.6);
    const there = best(queries.map(high), other, calibrate(other));
    for (const [i, confidence] of best(queries).entries()) assert.ok(Math.abs(confidence - there[i]) < 1e-3);
  });

  it("keep their meaning with a sample of the index", () => {
    const shares = (queries) => {
      const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
      const each = seeds.map((seed) =>
        share(best(queries, index, calibrate(index, { sample: 100, seed })), ratherSure),
      );
      return each.reduce((sum, one) => sum + one) / seeds.length;
    };
    assert.ok(shares(embedded.unrelated) <= 0.33);
    assert.ok(shares(embedded.keywords) >= 0.85);
  });

  it("are nearly the same where only smaller copies of the vectors are kept", async () => {
    const copies = await createIndex({ dimensions: 384, precision: "int8", rescore: false });
    copies.add(index.ids(), vectors.slice(first, last)); // biome-ignore format: one call
    const there = best(embedded.unrelated, copies, calibrate(copies));
    for (const [i, confidence] of best(embedded.unrelated).entries()) {
      assert.ok(Math.abs(confidence - there[i]) < 0.15, `${confidence} ${there[i]}`);
    }
  });

  it("come from the same sample for the same seed", () => {
    const judged = (options) => calibrate(index, options).of(embedded.keywords[0]).z(0.5);
    assert.equal(judged({ sample: 50, seed: 3 }), judged({ sample: 50, seed: 3 }));
    assert.notEqual(judged({ sample: 50, seed: 3 }), judged({ sample: 50, seed: 4 }));
    assert.equal(judged({ sample: 1000, seed: 3 }), judged({ sample: 300, seed: 4 })); // all of them
  });

  it("rise with the score, as deviations from the middle and as fewer items that score as high", () => {
    const background = calibration.of(embedded.questions[0]);
    const scores = Array.from({ length: 41 }, (_, i) => i / 20 - 1);
    for (const [i, score] of scores.entries()) {
      const before = scores[Math.max(0, i - 1)];
      assert.ok(background.z(score) >= background.z(before));
      assert.ok(background.expected(score) <= background.expected(before));
      assert.ok(background.confidence(score) >= background.confidence(before));
    }
    assert.equal(background.expected(-1), index.size);
    assert.ok(background.z(1) > 5 && background.z(-1) < -5);
  });

  it("are numbers for indexes of any size, and of equal items", async () => {
    for (const rows of [
      [],
      [[1, 0]],
      [
        [1, 0],
        [0, 1],
      ],
      Array(9).fill([1, 0]),
    ]) {
      const small = await createIndex({ dimensions: 2 });
      small.add([...rows.keys()], rows);
      const background = calibrate(small).of([1, 0]);
      for (const score of [-1, 0, 1]) {
        assert.ok(background.confidence(score) >= 0 && background.confidence(score) <= 1);
        assert.ok(!Number.isNaN(background.z(score)));
      }
    }
  });

  it("refuse wrong arguments and another model's query", async () => {
    const refused = [
      () => calibrate(new Map()),
      () => calibrate(index, { sample: 0 }),
      () => calibrate(index, { seed: -1 }),
      () => calibration.of("text"),
      () => calibration.of(embedded.keywords[0]).confidence("0.5"),
      () => calibration.of(embedded.keywords[0]).z(Number.NaN),
    ];
    for (const call of refused) await failsWith("INVALID_ARGUMENT", call);
    await failsWith("DIMENSION_MISMATCH", () => calibration.of([1, 2]));
    const foreign = { vectors: [vectors[0]], fingerprint: "other" };
    await failsWith("MODEL_MISMATCH", () => calibration.of(foreign));
  });
});
