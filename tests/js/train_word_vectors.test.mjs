// Training word vectors: what is learnt, from which texts, that it is the same everywhere, progress, pausing, ending early,
// cancelling, wrong arguments, own binaries.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";
import { trainWordVectors } from "kinvec/words";
import { goldenTrained, hashTrained, nameOf, trainings } from "../common/trained_words.mjs";
import { failsWith, root } from "./helpers.mjs";
import { corpus, hashOf, worlds } from "./word_training_texts.mjs";

const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));

const small = { dimensions: 10, minCount: 1, subsample: 0, epochs: 10, learningRate: 0.05 };

describe("trained word vectors", () => {
  for (const training of trainings) {
    it(`are alike where neighbours are (${nameOf(training)})`, async () => {
      const vectors = await trainWordVectors(corpus, { ...small, ...training });
      assert.deepEqual([...vectors.words].sort(), worlds.flat().sort());
      for (const world of worlds) {
        const [word, ...others] = world;
        const nearest = vectors.nearest(word, { topK: 3 }).map((found) => found.word);
        assert.deepEqual(nearest.sort(), others.sort());
      }
    });
  }

  it("have the same bits on every engine", async () => {
    assert.deepEqual(await hashTrained(trainWordVectors, sentences), goldenTrained);
  });

  it("differ by the seed", async () => {
    const [first, second] = await Promise.all([1, 2].map((seed) => trainWordVectors(corpus, { ...small, seed })));
    assert.deepEqual(first.words, second.words);
    assert.notDeepEqual(first.rows, second.rows);
  });

  it("are there for words never seen, of sub-words that were (fasttext)", async () => {
    const vectors = await trainWordVectors(corpus, { ...small, method: "fasttext" });
    assert.ok(!vectors.has("lamplight"));
    assert.ok(vectors.similarity("lamplight", "moonlight") > 0.5);
    assert.ok(vectors.similarity("lamplight", "moonlight") > vectors.similarity("lamplight", "soup"));
    const plain = await trainWordVectors(corpus, small);
    assert.equal(plain.vector("lamplight"), undefined);
  });

  it("have the words that are frequent enough, the most frequent first", async () => {
    const texts = ["b a b", "C a b d", "d c c c"];
    const wordsOf = async (options) => (await trainWordVectors(texts, { ...small, ...options })).words;
    assert.deepEqual(await wordsOf({ minCount: 2 }), ["c", "b", "a", "d"]);
    assert.deepEqual(await wordsOf({ minCount: 3 }), ["c", "b"]);
    assert.deepEqual(await wordsOf({ maxWords: 1 }), ["c"]);
  });

  it("have as many dimensions as asked", async () => {
    for (const dimensions of [1, 3, 8, 33]) {
      const vectors = await trainWordVectors(corpus, { ...small, dimensions });
      assert.equal(vectors.vector("soup").length, dimensions);
      assert.ok(vectors.rows.every((value) => Number.isFinite(value)));
    }
  });

  it("can be of a single word", async () => {
    for (const training of trainings) {
      const vectors = await trainWordVectors(["a a a", "a"], { ...small, ...training });
      assert.deepEqual(vectors.words, ["a"]);
      assert.ok(vectors.vector("a").every((value) => Number.isFinite(value)));
    }
  });
});

describe("texts of a training", () => {
  it("come from any iterable, as they are written or as lists of words", async () => {
    const expected = hashOf(await trainWordVectors(corpus, small));
    const lists = corpus.map((text) => text.split(" "));
    const sources = {
      set: new Map(corpus.map((text, i) => [i, text])).values(),
      lists,
      listsWithEmptyWords: lists.map((words) => ["", ...words, ""]),
      mixed: corpus.map((text, i) => (i % 2 ? text : lists[i])),
      asynchronous: (async function* () {
        for (const [i, text] of corpus.entries()) {
          if (i % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
          yield text;
        }
      })(),
    };
    for (const [kind, texts] of Object.entries(sources)) {
      assert.equal(hashOf(await trainWordVectors(texts, small)), expected, kind);
    }
  });

  it("are split at white space, in lower case, or as told", async () => {
    const texts = ["Tea\u00A0and \t\u0000 \u00C9CLAIRS,\n tea "];
    const { words } = await trainWordVectors(texts, small);
    assert.deepEqual(words, ["tea", "and", "\u00E9clairs,"]);
    const tokenizer = (text) => text.match(/\p{L}+/gu);
    const split = await trainWordVectors(texts, { ...small, tokenizer });
    assert.deepEqual(split.words, ["Tea", "and", "\u00C9CLAIRS", "tea"]);
    const list = await trainWordVectors([["New York", "\u{1F600}", "New York"]], small);
    assert.deepEqual(list.words, ["New York", "\u{1F600}"]);
  });

  it("may be long lines", async () => {
    const text = corpus.join(" ");
    const { words } = await trainWordVectors([text, text], { ...small, epochs: 1 });
    assert.equal(words.length, 8);
  });
});

describe("progress of a training of word vectors", () => {
  it("never falls, ends at exactly 1, and tells what is learnt", async () => {
    for (const texts of [corpus, new Set(corpus.map((text, i) => `${text} ${i % 9}`))]) {
      const steps = [];
      await trainWordVectors(texts, { ...small, onProgress: (step) => void steps.push(step) });
      assert.equal(steps.at(-1).fraction, 1);
      assert.equal(steps.filter(({ fraction }) => fraction === 1).length, 1);
      assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
      assert.equal(steps[0].stage, "read");
      const { stage, words, wordsPerSecond, loss } = steps.at(-1);
      assert.equal(stage, "train");
      assert.equal(steps.at(-1).texts, texts.length ?? texts.size);
      assert.equal(words, 10 * (texts === corpus ? 8 : 9) * (texts.length ?? texts.size));
      assert.ok(wordsPerSecond > 0);
      assert.ok(loss > 0 && loss < steps.find((step) => step.stage === "train").loss);
    }
  });

  it("holds the training up while it is not answered", async () => {
    let isAnswered = true;
    let answers = 0;
    const onProgress = () => {
      assert.ok(isAnswered, "went on meanwhile");
      isAnswered = false;
      return new Promise((resolve) =>
        setTimeout(() => {
          isAnswered = true;
          answers++;
          resolve();
        }, 2),
      );
    };
    const held = await trainWordVectors(corpus, { ...small, onProgress });
    assert.ok(answers > 1);
    assert.equal(hashOf(held), hashOf(await trainWordVectors(corpus, small)));
  });

  it("ends the training early when told so, with what there is", async () => {
    const steps = [];
    const onProgress = (step) => {
      steps.push(step);
      return step.fraction < 0.5;
    };
    const vectors = await trainWordVectors(corpus, { ...small, epochs: 50, onProgress });
    assert.ok(steps.at(-1).fraction < 1);
    assert.ok(vectors.similarity("sky", "starlight") > vectors.similarity("sky", "rice"));
    const read = await trainWordVectors(corpus, { ...small, onProgress: () => false });
    assert.equal(read.words.length, 8);
  });

  it("shows the vectors on the way, by any method, and changes nothing by it", async () => {
    for (const options of [
      small,
      { ...small, method: "fasttext", buckets: 1000 },
      { ...small, subsample: undefined, method: "glove" },
    ]) {
      const looks = [];
      const onProgress = ({ stage }, view) => {
        if (stage === "read") assert.deepEqual([view.words, view.vector("sky")], [[], undefined]);
        else looks.push({ words: view.words, sky: view.vector("sky"), unseen: view.vector("unseen") });
      };
      const vectors = await trainWordVectors(corpus, { ...options, onProgress });
      assert.equal(hashOf(vectors), hashOf(await trainWordVectors(corpus, options)));
      assert.ok(looks.length > 0);
      const { words, sky, unseen } = looks.at(-1);
      assert.deepEqual(words, vectors.words);
      assert.deepEqual(sky, vectors.vector("sky"), `the last look is what comes of it: ${options.method}`);
      assert.equal(unseen, undefined);
    }
  });

  it("refuses to look at what is no word", async () => {
    const onProgress = (_, view) => failsWith("INVALID_ARGUMENT", () => view.vector(7), /text must be a string/);
    await trainWordVectors(corpus, { ...small, onProgress });
  });

  it("lets timers run meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await trainWordVectors(corpus, small);
    clearInterval(timer);
    assert.ok(ticks > 0);
  });
});

describe("a training of word vectors that is cancelled", () => {
  it("rejects with ABORTED before it starts, while reading, and while training", async () => {
    await failsWith("ABORTED", () => trainWordVectors(corpus, { signal: AbortSignal.abort() }));
    for (const stage of ["read", "train"]) {
      const controller = new AbortController();
      const options = {
        ...small,
        epochs: 1_000_000,
        signal: controller.signal,
        onProgress: (step) => {
          assert.ok(!controller.signal.aborted, "goes on after it was cancelled");
          if (step.stage === stage) controller.abort();
        },
      };
      await failsWith("ABORTED", () => trainWordVectors(corpus, options));
    }
  });

  it("waits neither for the next text nor for an answer", async () => {
    const never = new Promise(() => {});
    const texts = (async function* () {
      yield "one";
      await never;
    })();
    for (const [source, onProgress] of [
      [texts, undefined],
      [corpus, () => never],
    ]) {
      const controller = new AbortController();
      const training = trainWordVectors(source, { ...small, onProgress, signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      await failsWith("ABORTED", () => training);
    }
  });
});

describe("arguments of a training of word vectors", () => {
  const refused = (texts, options, pattern) =>
    failsWith("INVALID_ARGUMENT", () => trainWordVectors(texts, options), pattern);

  it("are refused by name", async () => {
    await refused("one text", {}, /texts must be an iterable of strings or lists of words, not string/);
    await refused(undefined, {}, /texts must be an iterable/);
    const error = await refused(["a", 7], {}, /texts\[1\] must be a string or a list of words, not number/);
    assert.equal(error.at, 1);
    await refused([["a", 7]], {}, /texts\[0\]\[1\] must be a string, not number/);
    await refused([["a", "b\0c"]], {}, /texts\[0\]\[1\] has a U\+0000/);
    await refused(["a"], { tokenizer: () => "a" }, /options\.tokenizer\(texts\[0\]\) must be an array of words/);
    await refused(["a"], { tokenizer: /\w+/ }, /options\.tokenizer must be a function/);
    await refused([], 3, /options must be an object/);
    await refused([], { method: "lsa" }, /options\.method must be one of/);
    await refused([], { architecture: "sg" }, /options\.architecture must be one of/);
    await refused([], { loss: "softmax" }, /options\.loss must be one of/);
    for (const name of ["xMax", "alpha", "maxMemory"]) {
      await refused([], { [name]: 1 }, new RegExp(`options\\.${name} is nothing that method "word2vec"`));
    }
    await refused([], { buckets: 100 }, /options\.buckets is nothing that method "word2vec"/);
    await refused([], { loss: "hierarchical-softmax", negative: 5 }, /options\.negative is nothing that loss/);
    await refused([], { method: "fasttext", minn: 4, maxn: 3 }, /options\.maxn must be an integer from 4 to 20, not 3/);
    await refused([], { minLearningRate: 0.2 }, /options\.minLearningRate must be from 0 to 0\.025/);
    for (const name of ["dimensions", "window", "minCount", "maxWords", "epochs", "negative"]) {
      await refused([], { [name]: 0 }, new RegExp(`options\\.${name} must be an integer`));
      await refused([], { [name]: "5" }, new RegExp(`options\\.${name} must be a number`));
    }
    for (const name of ["subsample", "learningRate"]) {
      await refused([], { [name]: Number.NaN }, new RegExp(`options\\.${name} must be from 0 to 1, not NaN`));
    }
    await refused([], { seed: -1 }, /options\.seed/);
    await refused([], { onProgress: true }, /options\.onProgress must be a function/);
  });

  it("that leave no word are refused", async () => {
    await refused([], {}, /no word occurs 5 times/);
    await refused(["", " \n", []], { minCount: 1 }, /no word occurs 1 times/);
    await refused(["a b c"], { minCount: 2 }, /no word occurs 2 times/);
  });

  it("that need more memory than there is fail, and others do after them", async () => {
    const texts = Array.from({ length: 270_000 }, (_, i) => `w${i}`);
    const options = { ...small, epochs: 1, dimensions: 4096 };
    await failsWith(
      "OUT_OF_MEMORY",
      () => trainWordVectors(texts, options),
      /no memory for 4096 dimensions of 270000 words/,
    );
    assert.equal((await trainWordVectors(corpus, small)).words.length, 8);
  });
});

describe("the binary that trains word vectors", () => {
  const { resolve } = createRequire(import.meta.url);
  const bytesOf = (name) => readFileSync(resolve(`kinvec/${name}.wasm`));

  it("may be the caller's own", async () => {
    const own = await trainWordVectors(corpus, { ...small, wasm: { words: bytesOf("kinvec-words") } });
    assert.equal(hashOf(own), hashOf(await trainWordVectors(corpus, small)));
  });

  it("is the only one looked at", async () => {
    const training = bytesOf("kinvec-training");
    await failsWith("INVALID_ARGUMENT", () => trainWordVectors(corpus, { wasm: { training } }), /wasm\.words/);
    await failsWith("FETCH_FAILED", () => trainWordVectors(corpus, { wasm: { words: training } }));
  });
});
