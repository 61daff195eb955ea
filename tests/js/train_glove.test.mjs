// GloVe: what is learnt, in any memory it may take, progress, ending early, cancelling, wrong
// arguments.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { trainWordVectors } from "kinvec/words";
import { failsWith } from "./helpers.mjs";
import { corpus, hashOf, worlds } from "./word_training_texts.mjs";

const small = { method: "glove", dimensions: 10, minCount: 1, xMax: 10 };

describe("word vectors by GloVe", () => {
  it("are alike where neighbours are", async () => {
    const vectors = await trainWordVectors(corpus, small);
    assert.deepEqual([...vectors.words].sort(), worlds.flat().sort());
    assert.equal(vectors.subwords, undefined);
    for (const world of worlds) {
      const [word, ...others] = world;
      const nearest = vectors.nearest(word, { topK: 3 }).map((found) => found.word);
      assert.deepEqual(nearest.sort(), others.sort());
    }
  });

  it("differ by the seed and by what pairs weigh", async () => {
    const hashes = await Promise.all(
      [{}, { seed: 2 }, { xMax: 1000 }, { xMax: 1000, alpha: 0.5 }, { window: 2 }].map(async (options) =>
        hashOf(await trainWordVectors(corpus, { ...small, epochs: 2, ...options })),
      ),
    );
    assert.equal(new Set(hashes).size, hashes.length);
    const zero = await trainWordVectors(corpus, { ...small, epochs: 2, xMax: 0 });
    assert.ok(zero.rows.every((value) => Number.isFinite(value)));
  });

  it("are learnt of more pairs than memory may hold, as they are of all at once", async () => {
    // Each of 700 words beside each other one: 245,000 pairs, where 87,000 may be kept.
    const words = Array.from({ length: 700 }, (_, i) => `w${i}`);
    const options = { ...small, dimensions: 2, window: 700, epochs: 2 };
    const stages = [];
    const onProgress = ({ stage }) => void (stage !== stages.at(-1) && stages.push(stage));
    const vectors = await trainWordVectors([words], { ...options, maxMemory: 2 ** 20, onProgress });
    assert.equal(vectors.words.length, 700);
    assert.ok(vectors.rows.every((value) => Number.isFinite(value)));
    const parts = stages.filter((stage) => stage === "count").length;
    assert.ok(parts >= 6, `${parts} parts in two epochs`);
    stages.length = 0;
    await trainWordVectors([words], { ...options, onProgress });
    assert.deepEqual(stages, ["read", "count", "train"]);
  });
});

describe("progress of GloVe", () => {
  it("never falls, ends at exactly 1, and tells what is learnt", async () => {
    const steps = [];
    await trainWordVectors(corpus, { ...small, onProgress: (step) => void steps.push(step) });
    assert.deepEqual([...new Set(steps.map(({ stage }) => stage))], ["read", "count", "train"]);
    assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
    assert.equal(steps.filter(({ fraction }) => fraction === 1).length, 1);
    const { words, loss, fraction } = steps.at(-1);
    assert.equal(fraction, 1);
    assert.equal(words, 25 * 8 * corpus.length);
    assert.ok(loss > 0);
  });

  it("shows the cost fall, and ends the training early when told so", async () => {
    const losses = [];
    const words = Array.from({ length: 300 }, (_, i) => corpus[i].replaceAll(" ", `${i % 50} `));
    const onProgress = ({ stage, loss }) => {
      if (stage === "train") losses.push(loss);
      return losses.length < 8;
    };
    const vectors = await trainWordVectors(words, { ...small, epochs: 1_000_000, onProgress });
    assert.equal(losses.length, 8);
    assert.ok(losses[7] < losses[0]);
    assert.ok(vectors.words.length > 100);
  });

  it("stops where it is cancelled", async () => {
    for (const stage of ["count", "train"]) {
      const controller = new AbortController();
      const onProgress = (step) => {
        assert.ok(!controller.signal.aborted, "goes on after it was cancelled");
        if (step.stage === stage) controller.abort();
      };
      const options = { ...small, epochs: 1_000_000, signal: controller.signal, onProgress };
      await failsWith("ABORTED", () => trainWordVectors(corpus, options));
    }
  });
});

describe("arguments of GloVe", () => {
  it("are refused by name", async () => {
    const refused = (options, pattern) =>
      failsWith("INVALID_ARGUMENT", () => trainWordVectors(corpus, { ...small, ...options }), pattern);
    const others = {
      architecture: "cbow",
      loss: "negative-sampling",
      negative: 5,
      subsample: 0,
      minLearningRate: 0,
      minn: 3,
    };
    for (const [name, value] of Object.entries(others)) {
      await refused({ [name]: value }, new RegExp(`options\\.${name} is nothing that method "glove"`));
    }
    await refused({ xMax: -1 }, /options\.xMax must be from 0 to 1000000000, not -1/);
    await refused({ alpha: 1.5 }, /options\.alpha must be from 0 to 1, not 1\.5/);
    await refused({ alpha: "0.5" }, /options\.alpha must be a number/);
    await refused({ maxMemory: 1000 }, /options\.maxMemory must be an integer from 1048576 to 4294967295/);
    await refused({ minCount: 10_000 }, /no word occurs 10000 times/);
  });
});
