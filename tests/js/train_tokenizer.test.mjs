// Training: what each kind of tokenizer learns, progress, cancelling, determinism, export, wrong arguments.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadTokenizer, trainTokenizer } from "kinvec/tokenizers";
import { binaryOption, failsWith } from "./helpers.mjs";

const train = (texts, options) => trainTokenizer(texts, { ...binaryOption, ...options });

const sentences = [
  "The quick brown fox jumps over the lazy dog.",
  "The lowest of the low goes lower and lower.",
  "Newer and wider: the widest, newest roads.",
  "Caf\u00E9 na\u00EFve r\u00E9sum\u00E9, \u00FCber alles \u{1F600}",
];
/** Some thousand texts with words that come again and again. */
const corpus = Array.from({ length: 2000 }, (_, i) => `${sentences[i % 4]} ${sentences[(i * 7 + 1) % 4]} ${i % 50}`);

const kinds = ["wordpiece", "bpe", "unigram", "words", "characters", "bytes"];
const sizes = { wordpiece: 200, bpe: 400, unigram: 120, words: 100, characters: 80 };
const optionsOf = (model) => ({ model, ...(sizes[model] && { vocabSize: sizes[model] }) });

describe("a trained tokenizer", () => {
  it("has pieces of the words it has seen (wordpiece)", async () => {
    const tokenizer = await train(corpus, optionsOf("wordpiece"));
    assert.ok(tokenizer.vocabSize <= 200);
    assert.deepEqual(tokenizer.encode("The LOWEST dog").tokens, ["[CLS]", "the", "lowest", "dog", "[SEP]"]);
    assert.deepEqual(
      ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"].map((token) => tokenizer.id(token)),
      [0, 1, 2, 3, 4],
    );
    assert.deepEqual([...tokenizer.encode("low", { pair: "dog" }).typeIds], [0, 0, 0, 1, 1]);
    assert.equal(tokenizer.decode(tokenizer.encodeIds("the lowest dog.")), "the lowest dog.");
    assert.deepEqual(tokenizer.encode("\u4E00", { addSpecialTokens: false }).tokens, ["[UNK]"]);
  });

  it("writes any text in bytes (bpe, bytes)", async () => {
    for (const model of ["bpe", "bytes"]) {
      const tokenizer = await train(corpus, optionsOf(model));
      for (const text of ["The lowest dog", " \n\u0000\u4E00\u{1F469}\u200D\u{1F469} e\u0301"]) {
        assert.equal(tokenizer.decode(tokenizer.encodeIds(text)), text, model);
      }
    }
    const bytes = await train([], { model: "bytes" });
    assert.equal(bytes.vocabSize, 256);
    assert.deepEqual([...bytes.encodeIds("A\u00E9")], [0x41, 0xc3, 0xa9]);
  });

  it("has the most probable pieces (unigram)", async () => {
    const tokenizer = await train(corpus, optionsOf("unigram"));
    assert.ok(tokenizer.vocabSize <= 120);
    assert.equal(tokenizer.decode(tokenizer.encodeIds("the lowest dog")), "the lowest dog");
    assert.equal(tokenizer.id("<unk>"), 0);
    assert.equal(tokenizer.encode("\u4E00").tokens.at(-1), "<unk>");
  });

  it("has whole words (words)", async () => {
    const tokenizer = await train(corpus, optionsOf("words"));
    assert.deepEqual(tokenizer.encode("the fox, unseen").tokens, ["the", "fox", ",", "[UNK]"]);
  });

  it("has single characters (characters)", async () => {
    const tokenizer = await train(corpus, optionsOf("characters"));
    assert.deepEqual(tokenizer.encode("a dog\u{1F600}").tokens, ["a", " ", "d", "o", "g", "\u{1F600}"]);
    assert.deepEqual(tokenizer.encode("\u4E00").tokens, ["[UNK]"]);
    assert.equal(tokenizer.decode(tokenizer.encodeIds("a dog")), "a dog");
    const few = await train(corpus, { model: "characters", vocabSize: 4 });
    assert.equal(few.vocabSize, 4);
  });

  for (const model of kinds) {
    it(`is the same each time, and after export (${model})`, async () => {
      const first = await train(corpus, optionsOf(model));
      const again = await train(corpus, optionsOf(model));
      const exported = JSON.stringify(first);
      assert.equal(JSON.stringify(again), exported);
      const loaded = await loadTokenizer(exported, binaryOption);
      assert.equal(JSON.stringify(loaded), exported);
      for (const text of [...sentences, "", "unseen \u4E00 words"]) {
        assert.deepEqual(loaded.encode(text).toJSON(), first.encode(text).toJSON());
      }
    });

    it(`can be made from nothing (${model})`, async () => {
      const tokenizer = await train([], { model });
      assert.ok(tokenizer.encode("cat").ids instanceof Int32Array);
    });
  }

  it("comes from any iterable, also one that takes its time", async () => {
    const expected = JSON.stringify(await train(corpus, optionsOf("wordpiece")));
    const sources = {
      set: new Map(corpus.map((text, i) => [i, text])).values(),
      generator: (function* () {
        yield* corpus;
      })(),
      asynchronous: (async function* () {
        for (const [i, text] of corpus.entries()) {
          if (i % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
          yield text;
        }
      })(),
    };
    for (const [kind, texts] of Object.entries(sources)) {
      assert.equal(JSON.stringify(await train(texts, optionsOf("wordpiece"))), expected, kind);
    }
  });

  it("has the stages that were given", async () => {
    const tokenizer = await train(["Ein Haus", "zwei H\u00E4user"], {
      model: "bpe",
      minFrequency: 1,
      specialTokens: ["<s>", "</s>"],
      normalizer: { type: "Sequence", normalizers: [{ type: "NFD" }, { type: "StripAccents" }, { type: "Lowercase" }] },
      preTokenizer: { type: "Whitespace" },
      decoder: null,
      postProcessor: {
        type: "TemplateProcessing",
        single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
        pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
      },
    });
    assert.deepEqual(tokenizer.encode("H\u00C4USER haus").tokens, ["<s>", "hauser", "haus"]);
    assert.deepEqual(tokenizer.info().stages.normalizers, ["NFD", "StripAccents", "Lowercase"]);
    assert.equal(tokenizer.toJSON().decoder, null);
    assert.deepEqual(tokenizer.toJSON().post_processor.special_tokens["<s>"].ids, [0]);
  });

  it("reads capitals as they are, or not, as told", async () => {
    const cased = await train(corpus, { ...optionsOf("wordpiece"), lowercase: false });
    assert.ok(cased.id("The") !== undefined);
    const lower = await train(corpus, { ...optionsOf("words"), lowercase: true });
    assert.equal(lower.id("The"), undefined);
    assert.deepEqual(lower.encode("THE").tokens, ["the"]);
  });
});

describe("progress of a training", () => {
  for (const model of kinds) {
    it(`never falls and ends at exactly 1 (${model})`, async () => {
      const steps = [];
      await train(corpus, { ...optionsOf(model), onProgress: (step) => steps.push(step) });
      assert.equal(steps.at(-1).fraction, 1);
      assert.equal(steps.filter(({ fraction }) => fraction === 1).length, 1);
      assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
      if (model !== "bytes") assert.equal(steps.at(-1).texts, corpus.length);
    });
  }
});

describe("a training that is cancelled", () => {
  it("rejects with ABORTED before it starts, while reading, and while training", async () => {
    await failsWith("ABORTED", () => train(corpus, { model: "bpe", signal: AbortSignal.abort() }));
    for (const stage of ["read", "train"]) {
      const controller = new AbortController();
      const options = {
        ...optionsOf("wordpiece"),
        signal: controller.signal,
        onProgress: (step) => {
          assert.ok(!controller.signal.aborted, "goes on after it was cancelled");
          if (step.stage === stage) controller.abort();
        },
      };
      await failsWith("ABORTED", () => train(corpus, options));
    }
  });

  it("does not wait for the next text", async () => {
    const controller = new AbortController();
    const texts = (async function* () {
      yield "one";
      await new Promise(() => {});
    })();
    const training = train(texts, { model: "words", signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await failsWith("ABORTED", () => training);
  });

  it("lets timers run meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await train(corpus, optionsOf("unigram"));
    clearInterval(timer);
    assert.ok(ticks > 0);
  });
});

describe("arguments of a training", () => {
  const refused = (texts, options, pattern, code = "INVALID_ARGUMENT") =>
    failsWith(code, () => train(texts, options), pattern);

  it("are refused by name", async () => {
    await refused("one text", { model: "bpe" }, /texts must be an iterable of strings, not string/);
    await refused(undefined, { model: "bpe" }, /texts must be an iterable/);
    const error = await refused(["a", 7], { model: "bpe" }, /texts\[1\] must be a string, not number/);
    assert.equal(error.at, 1);
    await refused([], {}, /options\.model is missing/);
    await refused([], { model: "gpt" }, /options\.model must be one of/);
    await refused([], { model: "bpe", vocabSize: 0 }, /options\.vocabSize/);
    await refused([], { model: "wordpiece", vocabSize: 4 }, /less than the 5 special tokens/);
    await refused([], { model: "bpe", minFrequency: -1 }, /options\.minFrequency/);
    await refused([], { model: "bpe", specialTokens: "x" }, /options\.specialTokens must be an array/);
    await refused([], { model: "bpe", specialTokens: ["x", "x"] }, /specialTokens\[1\] is there twice/);
    await refused([], { model: "wordpiece", specialTokens: ["x"] }, /must have the unknown token "\[UNK\]"/);
    await refused([], { model: "bytes", vocabSize: 300 }, /vocabSize is nothing that model "bytes"/);
    await refused([], { model: "unigram", minFrequency: 2 }, /minFrequency is nothing that model "unigram"/);
    await refused([], { model: "bpe", normalizer: "NFC" }, /options\.normalizer must be an object/);
    await refused([], { model: "bpe", normalizer: { type: "NFC" }, lowercase: true }, /options\.lowercase/);
    const template = { type: "TemplateProcessing", single: [{ SpecialToken: { id: "[X]", type_id: 0 } }], pair: [] };
    await refused([], { model: "bpe", postProcessor: template }, /"\[X\]" is not in the vocabulary/);
  });

  it("that name stages unknown to the engine are refused before any text is read", async () => {
    const texts = (function* () {
      yield assert.fail("a text was read");
    })();
    for (const stage of ["normalizer", "preTokenizer", "postProcessor", "decoder"]) {
      await refused(texts, { model: "bpe", [stage]: { type: "Rot13" } }, /Rot13/, "UNSUPPORTED_TOKENIZER");
    }
  });
});
