// trainWordVectors() with `workers`: what several learn together, that it does not depend on chance, and how it ends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { trainWordVectors } from "kinvec/words";
import { hashVectors } from "../common/same_bits.mjs";
import { goldenTrainedInWorkers } from "../common/trained_words.mjs";
import { failsWith, root } from "./helpers.mjs";
import { chainOf, corpus, hashOf, worlds } from "./word_training_texts.mjs";

const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));

const small = { dimensions: 10, minCount: 1, subsample: 0, epochs: 15, learningRate: 0.05 };
const kinds = ["word2vec", "fasttext"].flatMap((method) =>
  ["skipgram", "cbow"].map((architecture) => ({ method, architecture })),
);
const dyingWorker = new URL("dying_words_worker.mjs", import.meta.url);

describe("word vectors trained in workers", () => {
  for (const kind of kinds) {
    for (const workers of [2, 3]) {
      it(`are alike where neighbours are, and the same each time (${Object.values(kind)}, ${workers})`, async () => {
        const [vectors, again, alone] = await Promise.all([
          trainWordVectors(corpus, { ...small, ...kind, workers }),
          trainWordVectors(corpus, { ...small, ...kind, workers, onProgress: () => new Promise(setImmediate) }),
          trainWordVectors(corpus, { ...small, ...kind }),
        ]);
        assert.equal(hashOf(vectors), hashOf(again));
        assert.deepEqual(vectors.words, alone.words);
        assert.notEqual(hashOf(vectors), hashOf(alone));
        for (const [word, ...others] of worlds) {
          const nearest = vectors.nearest(word, { topK: 3 }).map((found) => found.word);
          assert.deepEqual(nearest.sort(), others.sort());
        }
      });
    }
  }

  it("have the same bits on every engine", async () => {
    const { rows } = await trainWordVectors(sentences, { minCount: 2, dimensions: 20, workers: 2 });
    assert.equal(await hashVectors([rows]), goldenTrainedInWorkers);
  });

  it("differ by the seed", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map((seed) => trainWordVectors(corpus, { ...small, workers: 2, seed })),
    );
    assert.deepEqual(first.words, second.words);
    assert.notEqual(hashOf(first), hashOf(second));
  });

  it("are those of one thread where one is asked for", async () => {
    const [one, none] = await Promise.all(
      [{ workers: 1 }, {}].map((more) => trainWordVectors(corpus, { ...small, ...more })),
    );
    assert.equal(hashOf(one), hashOf(none));
  });

  it("keep the output layer", async () => {
    const { output, words } = await trainWordVectors(corpus, { ...small, workers: 2, keepOutput: true });
    assert.equal(output.rows.length, 10 * words.length);
    assert.ok(output.rows.some((number) => number !== 0));
    assert.equal(
      output.counts.reduce((sum, count) => sum + count, 0),
      8 * corpus.length,
    );
  });

  it("come of fewer sentences than there are workers, and of one word", async () => {
    for (const texts of [["a b c a b c"], ["a a a"]]) {
      const vectors = await trainWordVectors(texts, { ...small, workers: 3 });
      assert.ok(vectors.rows.every(Number.isFinite));
      assert.deepEqual([...vectors.words].sort(), [...new Set(texts[0].split(" "))]);
    }
  });

  it("stay in bounds where few words are updated very often", async () => {
    for (const method of ["word2vec", "fasttext"]) {
      const losses = [];
      const onProgress = ({ stage, loss }) => {
        if (stage === "train") losses.push(loss);
      };
      const options = { method, minCount: 1, dimensions: 20, epochs: 3, subsample: 0, workers: 4, onProgress };
      await trainWordVectors(chainOf(5), options);
      assert.ok(Math.max(...losses) < 4, `a loss of ${Math.max(...losses)}`);
    }
  });

  it("come of long lines as well", async () => {
    const { words } = await trainWordVectors([corpus.join(" ")], { ...small, epochs: 1, workers: 2 });
    assert.equal(words.length, 8);
  });
});

describe("a training in workers", () => {
  it("tells how far it is, and shows the vectors on the way", async () => {
    const steps = [];
    let look;
    const onProgress = (step, view) => {
      steps.push(step);
      if (step.stage === "train") look = { words: view.words, sky: view.vector("sky") };
    };
    const vectors = await trainWordVectors(corpus, { ...small, workers: 2, onProgress });
    assert.equal(steps.at(-1).fraction, 1);
    assert.equal(steps.filter(({ fraction }) => fraction === 1).length, 1);
    assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
    assert.equal(steps.at(-1).texts, corpus.length);
    assert.equal(steps.at(-1).words, small.epochs * 8 * corpus.length);
    assert.ok(steps.at(-1).wordsPerSecond > 0);
    assert.ok(steps.at(-1).loss > 0 && steps.at(-1).loss < steps.find(({ stage }) => stage === "train").loss);
    assert.deepEqual(look, { words: vectors.words, sky: vectors.vector("sky") });
  });

  it("ends early when told so, with what there is", async () => {
    const steps = [];
    const onProgress = (step) => {
      steps.push(step);
      return step.fraction < 0.5;
    };
    const vectors = await trainWordVectors(corpus, { ...small, epochs: 40, workers: 2, onProgress });
    assert.ok(steps.at(-1).fraction < 1);
    assert.ok(vectors.similarity("sky", "starlight") > vectors.similarity("sky", "rice"));
    const read = await trainWordVectors(corpus, { ...small, workers: 2, onProgress: () => false });
    assert.equal(read.words.length, 8);
  });

  it("rejects with ABORTED, and ends its workers", async () => {
    for (const stage of ["read", "train"]) {
      const controller = new AbortController();
      const onProgress = (step) => {
        assert.ok(!controller.signal.aborted, "goes on after it was cancelled");
        if (step.stage === stage) controller.abort();
      };
      const options = { ...small, epochs: 1_000_000, workers: 2, signal: controller.signal, onProgress };
      await failsWith("ABORTED", () => trainWordVectors(corpus, options));
    }
  });

  it("rejects with ENGINE_LOST where a worker stops, and with FETCH_FAILED where none can be started", async () => {
    for (const word of ["throw", "exit"]) {
      const training = () => trainWordVectors([...corpus, word], { ...small, workers: 2, workerUrl: dyingWorker });
      await failsWith("ENGINE_LOST", training, /a worker stopped/);
    }
    const workerUrl = new URL("no_such_worker.mjs", import.meta.url);
    await failsWith(
      "FETCH_FAILED",
      () => trainWordVectors(corpus, { workers: 2, workerUrl }),
      /see the option workerUrl/,
    );
    for (const message of ["null", "'hello'", "{ type: 'error' }"]) {
      const script = `import { parentPort } from "node:worker_threads"; parentPort.postMessage(${message});`;
      const stranger = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
      const training = () => trainWordVectors(corpus, { workers: 2, workerUrl: stranger });
      await failsWith("FETCH_FAILED", training, /not this package's/);
    }
    await failsWith("INVALID_ARGUMENT", () => trainWordVectors(["a"], { workers: 2 }), /no word occurs 5 times/);
  });

  it("refuses what it cannot do, by name", async () => {
    const refused = (options, pattern) =>
      failsWith("INVALID_ARGUMENT", () => trainWordVectors(corpus, { ...small, ...options }), pattern);
    for (const workers of [0, 17, 1.5]) await refused({ workers }, /options\.workers must be an integer from 1 to 16/);
    for (const workerUrl of [5, null, {}]) await refused({ workerUrl }, /options\.workerUrl must be a string or URL/);
    await refused({ workers: 2, resume: new Uint8Array() }, /options\.resume is for a training without/);
    await refused(
      { workers: 2, loss: "hierarchical-softmax" },
      /options\.workers is nothing that loss "hierarchical-softmax"/,
    );
    await refused(
      { workers: 2, method: "glove", subsample: undefined },
      /options\.workers is nothing that method "glove"/,
    );
    await refused(
      { workers: 2, onCheckpoint() {} },
      /options\.onCheckpoint is for a training without options\.workers/,
    );
    const initial = await trainWordVectors(corpus, small);
    await refused({ workers: 2, initial }, /options\.initial is for a training without options\.workers/);
  });
});
