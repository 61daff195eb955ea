// Trainings of word vectors that are put away and taken up again: the same bits come of it, wherever they were interrupted;
// checkpoints of another training, and damaged ones, are refused.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { trainWordVectors, WordVectors } from "kinvec/words";
import { nameOf, trainings } from "../common/trained_words.mjs";
import { failsWith } from "./helpers.mjs";
import { corpus, domain, hashOf } from "./word_training_texts.mjs";

const small = { dimensions: 10, minCount: 1, subsample: 0.01, epochs: 10, learningRate: 0.05 };
const glove = { method: "glove", dimensions: 10, minCount: 1, xMax: 3, epochs: 60 };
/** So many words that their pairs are counted in parts. */
const crowd = Array.from({ length: 700 }, (_, i) => Array.from({ length: 200 }, (_, k) => `w${(i * k + k) % 997}`));
const gloveInParts = { ...glove, epochs: 2, maxMemory: 2 ** 20 };

/** Trains to the end, and answers the vectors and all checkpoints on the way. */
async function interrupted(texts, options) {
  const checkpoints = [];
  const onCheckpoint = (checkpoint) => void checkpoints.push(checkpoint);
  const vectors = await trainWordVectors(texts, { ...options, onCheckpoint, checkpointEvery: 0 });
  return { vectors, checkpoints };
}

describe("a training that is taken up again", () => {
  const kinds = [
    ...trainings.map((training) => [nameOf(training), corpus, { ...small, ...training }]),
    ["glove", corpus, glove],
    ["glove, in parts", crowd, gloveInParts],
  ];
  for (const [name, texts, options] of kinds) {
    it(`ends with the bits of one that was never interrupted (${name})`, async () => {
      const expected = hashOf(await trainWordVectors(texts, options));
      const { vectors, checkpoints } = await interrupted(texts, options);
      assert.equal(hashOf(vectors), expected);
      assert.ok(checkpoints.length >= 3);
      const middle = checkpoints.length >> 1;
      for (const resume of [checkpoints[0], checkpoints[middle], checkpoints.at(-1)]) {
        assert.equal(hashOf(await trainWordVectors(texts, { ...options, resume })), expected);
      }
    });
  }

  it("may be interrupted again", async () => {
    const expected = hashOf(await trainWordVectors(corpus, small));
    let resume;
    let times = 0;
    for (let isDone = false; !isDone; times++) {
      let steps = 0;
      const vectors = await trainWordVectors(corpus, {
        ...small,
        resume,
        checkpointEvery: 1e6,
        onProgress: ({ stage, fraction }) => {
          isDone = fraction === 1;
          return stage === "read" || ++steps < 3;
        },
        onCheckpoint: (checkpoint) => {
          resume = checkpoint;
        },
      });
      if (isDone) assert.equal(hashOf(vectors), expected);
    }
    assert.ok(times > 2);
  });

  it("goes on from earlier vectors as it did, and keeps the output layer", async () => {
    const initial = await trainWordVectors(corpus, { ...small, keepOutput: true });
    const options = { ...small, initial, keepOutput: true };
    const { vectors, checkpoints } = await interrupted(domain, options);
    const resumed = await trainWordVectors(domain, { ...options, resume: checkpoints[1] });
    assert.equal(hashOf(resumed), hashOf(vectors));
    assert.deepEqual(resumed.output, vectors.output);
  });

  it("reports progress from where it was", async () => {
    const { checkpoints } = await interrupted(corpus, small);
    const steps = [];
    const onProgress = (step) => void steps.push(step);
    await trainWordVectors(corpus, { ...small, resume: checkpoints.at(-1), onProgress });
    const [first] = steps.filter(({ stage }) => stage === "train");
    assert.ok(first.fraction > 0.5 && first.words > 20_000);
    assert.equal(steps.at(-1).fraction, 1);
  });
});

describe("checkpoints", () => {
  it("come every so many seconds, and in the end if the training is ended", async () => {
    const counted = async (options) => {
      let checkpoints = 0;
      await trainWordVectors(corpus, { ...small, ...options, onCheckpoint: () => checkpoints++ });
      return checkpoints;
    };
    assert.equal(await counted({}), 0);
    assert.equal(await counted({ onProgress: ({ fraction }) => fraction < 0.3 }), 1);
    assert.equal(await counted({ onProgress: () => false }), 0); // nothing was trained on
    assert.ok((await counted({ checkpointEvery: 0 })) > 2);
  });

  it("hold the training up while they are not put away, and may cancel it", async () => {
    let isAway = true;
    const onCheckpoint = async () => {
      isAway = false;
      await new Promise((resolve) => setTimeout(resolve, 5));
      isAway = true;
    };
    await trainWordVectors(corpus, { ...small, checkpointEvery: 0, onCheckpoint, onProgress: () => assert.ok(isAway) });
    const controller = new AbortController();
    const abort = { checkpointEvery: 0, onCheckpoint: () => controller.abort(), signal: controller.signal };
    await failsWith("ABORTED", () => trainWordVectors(corpus, { ...small, ...abort }));
  });
});

describe("a checkpoint is refused", () => {
  const codeOf = (action) =>
    action().then(
      () => "none",
      ({ code }) => code,
    );
  const resumed =
    (resume, options = {}, texts = corpus) =>
    () =>
      trainWordVectors(texts, { ...small, ...options, resume });

  it("with other options, which are named, and other texts", async () => {
    const { checkpoints } = await interrupted(corpus, small);
    const others = {
      ...{ dimensions: 11, window: 4, minCount: 2, maxWords: 7, epochs: 11, learningRate: 0.04, seed: 2, negative: 4 },
      ...{ subsample: 0, minLearningRate: 0, architecture: "cbow", method: "fasttext" },
    };
    for (const [name, value] of Object.entries(others)) {
      await failsWith(
        "INVALID_ARGUMENT",
        resumed(checkpoints[0], { [name]: value }),
        new RegExp(`options\\.${name} is ${JSON.stringify(value)}, that of the training in options\\.resume`),
      );
    }
    const texts = /texts are not those of the training in options\.resume/;
    for (const other of [corpus.slice(1), [...corpus].reverse(), corpus.map((text) => text.replace("salt", "malt"))]) {
      await failsWith("INVALID_ARGUMENT", resumed(checkpoints[0], {}, other), texts);
    }
    const initial = await trainWordVectors(corpus, small);
    await failsWith("INVALID_ARGUMENT", resumed(checkpoints[0], { initial }), /options\.initial is not that/);
  });

  it("with earlier vectors that differ in what is not trained alone", async () => {
    const initial = await trainWordVectors(corpus, { ...small, keepOutput: true });
    const { checkpoints } = await interrupted(domain, { ...small, initial });
    const { words, rows, dimensions, output } = initial;
    const untrained = words.findIndex((word) => !domain.join(" ").split(" ").includes(word));
    const otherRows = rows.map((value, i) => (i === untrained * dimensions ? 1 : value));
    const otherCounts = { ...output, counts: output.counts.map((count) => count + 1) };
    for (const other of [
      new WordVectors(words, otherRows, dimensions, undefined, output),
      new WordVectors(words, rows, dimensions, undefined, otherCounts),
    ]) {
      const action = resumed(checkpoints[0], { initial: other }, domain);
      await failsWith("INVALID_ARGUMENT", action, /options\.initial is not that/);
    }
  });

  it("if a byte of it is another, or missing", async () => {
    const { checkpoints } = await interrupted(corpus, small);
    const [whole] = checkpoints;
    const codes = new Set();
    for (let at = 0; at < whole.length; at += at < 20 ? 1 : 53) {
      const damaged = whole.slice();
      damaged[at] ^= 1 << (at % 8);
      codes.add(await codeOf(resumed(damaged)));
      codes.add(await codeOf(resumed(whole.subarray(0, at))));
    }
    assert.deepEqual([...codes].sort(), ["MODEL_FORMAT", "MODEL_HASH", "MODEL_VERSION"]);
    await failsWith("MODEL_HASH", resumed(Uint8Array.of(...whole, 0)), /options\.resume is damaged/);
  });

  it("if it is none", async () => {
    await failsWith("INVALID_ARGUMENT", resumed("later"), /options\.resume must be a Uint8Array, not string/);
    await failsWith("MODEL_FORMAT", resumed(new Uint8Array(100)), /options\.resume is no checkpoint/);
    const transferred = new Uint8Array(100);
    structuredClone(transferred.buffer, { transfer: [transferred.buffer] });
    await failsWith("INVALID_ARGUMENT", resumed(transferred), /options\.resume must be .+, not detached Uint8Array/);
    await failsWith(
      "INVALID_ARGUMENT",
      resumed(undefined, { onCheckpoint: 1 }),
      /options\.onCheckpoint must be a function/,
    );
    for (const checkpointEvery of [-1, Number.NaN]) {
      await failsWith("INVALID_ARGUMENT", resumed(undefined, { checkpointEvery }), /options\.checkpointEvery/);
    }
  });
});
