// What a tokenizer answers: encodings and their parts, pairs, truncation, decoding, look-ups, export, life cycle.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { loadTokenizer } from "kinvec/tokenizers";
import { binaryOption, failsWith } from "./helpers.mjs";
import { bpeJson, unigramJson, wordpieceJson } from "./small_tokenizers.mjs";
import { vocabulary } from "./tiny_checkpoint.mjs";

const loadTested = (source) => loadTokenizer(source, binaryOption);
const idOf = (token) => vocabulary.indexOf(token);

let tokenizer;
before(async () => {
  tokenizer = await loadTested(wordpieceJson());
});
after(() => tokenizer.dispose());

describe("an encoding", () => {
  it("has everything there is to know of each token", () => {
    const text = "The \u00FCnwanted CAT!";
    const encoding = tokenizer.encode(text);
    assert.deepEqual(encoding.tokens, ["[CLS]", "the", "un", "##want", "##ed", "cat", "!", "[SEP]"]);
    assert.ok(encoding.ids instanceof Int32Array);
    assert.deepEqual([...encoding.ids], encoding.tokens.map(idOf));
    assert.deepEqual(
      encoding.offsets.map(([start, end]) => text.slice(start, end)),
      ["", "The", "\u00FCn", "want", "ed", "CAT", "!", ""],
    );
    assert.deepEqual(encoding.wordIds, [null, 0, 1, 1, 1, 2, 3, null]);
    assert.deepEqual([...encoding.typeIds], [0, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...encoding.specialTokensMask], [1, 0, 0, 0, 0, 0, 0, 1]);
    assert.equal(encoding.tokenCount, 8);
    assert.equal(encoding.truncated, false);
    assert.deepEqual(encoding.overflow, []);
  });

  it("stays what it was, whatever is encoded afterwards", () => {
    const encoding = tokenizer.encode("the cat");
    tokenizer.encode("a dog ran on and on ".repeat(100));
    assert.deepEqual(encoding.tokens, ["[CLS]", "the", "cat", "[SEP]"]);
    assert.deepEqual(encoding.offsets[2], [4, 7]);
    assert.equal(encoding.tokens, encoding.tokens, "made once");
  });

  it("counts offsets in UTF-16 units and reads a lone surrogate as U+FFFD", () => {
    const { offsets, tokens } = tokenizer.encode("\u{1F600} cat", { addSpecialTokens: false });
    assert.deepEqual(tokens, ["[UNK]", "cat"]);
    assert.deepEqual(offsets, [
      [0, 2],
      [3, 6],
    ]);
    assert.deepEqual(tokenizer.encode("\ud83d cat").offsets[1], [2, 5]);
  });

  it("finds added tokens in the text", () => {
    const { tokens, specialTokensMask } = tokenizer.encode("cat<note>dog[SEP]");
    assert.deepEqual(tokens, ["[CLS]", "cat", "<note>", "dog", "[SEP]", "[SEP]"]);
    assert.deepEqual([...specialTokensMask], [1, 0, 0, 0, 0, 1]);
  });

  it("can be written as JSON", () => {
    const plain = JSON.parse(JSON.stringify(tokenizer.encode("the cat")));
    assert.deepEqual(plain.tokens, ["[CLS]", "the", "cat", "[SEP]"]);
    assert.deepEqual(plain.ids, plain.tokens.map(idOf));
    assert.deepEqual(plain.wordIds, [null, 0, 1, null]);
  });

  it("of nothing is the special tokens, or nothing", () => {
    assert.deepEqual(tokenizer.encode("").tokens, ["[CLS]", "[SEP]"]);
    assert.deepEqual(tokenizer.encode(" ", { addSpecialTokens: false }).tokens, []);
    assert.deepEqual(tokenizer.encodeIds("", { addSpecialTokens: false }), new Int32Array(0));
  });
});

describe("a pair of texts", () => {
  it("is put together as the model was trained to see it", () => {
    const { tokens, typeIds, offsets, wordIds } = tokenizer.encode("the cat", { pair: "a dog" });
    assert.deepEqual(tokens, ["[CLS]", "the", "cat", "[SEP]", "a", "dog", "[SEP]"]);
    assert.deepEqual([...typeIds], [0, 0, 0, 0, 1, 1, 1]);
    assert.deepEqual(offsets[5], [2, 5]);
    assert.deepEqual(wordIds, [null, 0, 1, null, 0, 1, null]);
  });

  it("may have an empty text", () => {
    assert.deepEqual(tokenizer.encode("", { pair: "" }).tokens, ["[CLS]", "[SEP]", "[SEP]"]);
    assert.deepEqual(tokenizer.encode("cat", { pair: "" }).tokens, ["[CLS]", "cat", "[SEP]", "[SEP]"]);
  });

  it("can be one of a batch", () => {
    const [one, two] = tokenizer.encodeBatch(["cat", ["cat", "dog"]], { addSpecialTokens: false });
    assert.deepEqual(one.tokens, ["cat"]);
    assert.deepEqual(two.tokens, ["cat", "dog"]);
  });
});

describe("truncation", () => {
  const text = "the cat sat on the mat";
  const words = (encoding) => encoding.tokens.join(" ");

  it("cuts to the tokens allowed and says so", () => {
    const encoding = tokenizer.encode(text, { maxTokens: 5 });
    assert.equal(words(encoding), "[CLS] the cat sat [SEP]");
    assert.equal(encoding.truncated, true);
    assert.equal(encoding.tokenCount, 8);
    assert.deepEqual([...tokenizer.encodeIds(text, { maxTokens: 5 })], [...encoding.ids]);
  });

  it("gives what was cut off as overflow, with a stride if asked for", () => {
    const parts = (truncation) => tokenizer.encode(text, { maxTokens: 5, truncation }).overflow.map(words);
    assert.deepEqual(parts(undefined), ["[CLS] on the mat [SEP]"]);
    assert.deepEqual(parts({ stride: 1 }), ["[CLS] sat on the [SEP]", "[CLS] the mat [SEP]"]);
    assert.deepEqual(parts({ direction: "left" }), ["[CLS] the cat sat [SEP]"]);
    const { overflow } = tokenizer.encode(text, { maxTokens: 5 });
    assert.deepEqual(
      overflow[0].offsets.map(([start, end]) => text.slice(start, end)),
      ["", "on", "the", "mat", ""],
    );
    assert.equal(overflow[0].truncated, false);
  });

  it("cuts either text of a pair, from either side", () => {
    const cut = (maxTokens, truncation) =>
      words(tokenizer.encode("the cat sat", { pair: "a dog", maxTokens, truncation }));
    assert.equal(cut(7), "[CLS] the cat [SEP] a dog [SEP]");
    assert.equal(cut(6, { strategy: "only_first" }), "[CLS] the [SEP] a dog [SEP]");
    assert.equal(cut(7, { strategy: "only_second" }), "[CLS] the cat sat [SEP] a [SEP]");
    assert.equal(cut(7, { direction: "left" }), "[CLS] cat sat [SEP] a dog [SEP]");
  });

  it("is refused where it cannot be done", async () => {
    await failsWith("TEXT_TOO_LONG", () =>
      tokenizer.encode("cat", { pair: "the dog", maxTokens: 4, truncation: { strategy: "only_first" } }),
    );
    await failsWith(
      "INVALID_ARGUMENT",
      () => tokenizer.encode(text, { maxTokens: 5, truncation: { stride: 3 } }),
      /stride/,
    );
    await failsWith("INVALID_ARGUMENT", () =>
      tokenizer.encode(text, { maxTokens: 5, truncation: { strategy: "only_second" } }),
    );
    assert.equal(tokenizer.encode("cat").ids.length, 3);
  });

  it("follows the file unless told otherwise", async () => {
    const truncation = { direction: "Left", max_length: 4, strategy: "LongestFirst", stride: 0 };
    const limited = await loadTested(wordpieceJson({ truncation }));
    assert.equal(limited.info().maxTokens, 4);
    assert.equal(words(limited.encode(text)), "[CLS] the mat [SEP]");
    assert.equal(words(limited.encode(text, { truncation: { direction: "right" } })), "[CLS] the cat [SEP]");
    assert.equal(limited.encode(text, { maxTokens: Number.POSITIVE_INFINITY }).truncated, false);
    assert.equal(words(limited.encode(text)), "[CLS] the mat [SEP]");
    assert.deepEqual(limited.toJSON().truncation, truncation);
    for (const wrong of [{ max_length: -1 }, { strategy: "Random" }, { direction: 1 }, { max_length: "4" }]) {
      const source = wordpieceJson({ truncation: { ...truncation, ...wrong } });
      await failsWith("MODEL_FORMAT", () => loadTested(source), /truncation/);
    }
  });
});

describe("decoding", () => {
  it("gives the text back, without special tokens unless they are asked for", () => {
    const ids = tokenizer.encodeIds("The unwanted cat!");
    assert.equal(tokenizer.decode(ids), "the unwanted cat!");
    assert.equal(tokenizer.decode([...ids], { skipSpecialTokens: false }), "[CLS] the unwanted cat! [SEP]");
    assert.equal(tokenizer.decode([]), "");
  });

  it("passes over ids that have no token", () => {
    assert.equal(tokenizer.decode([idOf("cat"), 999_999, idOf("dog")]), "cat dog");
  });

  it("takes nothing but ids", async () => {
    for (const wrong of ["cat", 7, null, [1.5], [-1], ["1"], [2 ** 31], [undefined]]) {
      await failsWith("INVALID_ARGUMENT", () => tokenizer.decode(wrong), /ids/);
    }
  });
});

describe("the vocabulary", () => {
  it("tells a token's id and an id's token", () => {
    assert.equal(tokenizer.vocabSize, vocabulary.length + 1);
    assert.equal(tokenizer.token(idOf("##ing")), "##ing");
    assert.equal(tokenizer.id("##ing"), idOf("##ing"));
    assert.equal(tokenizer.token(vocabulary.length), "<note>");
    assert.equal(tokenizer.id("<note>"), vocabulary.length);
    assert.equal(tokenizer.token(vocabulary.length + 1), undefined);
    assert.equal(tokenizer.id("no such token"), undefined);
    assert.equal(tokenizer.id(""), undefined);
  });

  it("is described with the stages around it", () => {
    const info = tokenizer.info();
    assert.equal(info.model, "WordPiece");
    assert.equal(info.maxTokens, undefined);
    assert.deepEqual(info.stages, {
      normalizers: ["BertNormalizer"],
      preTokenizers: ["BertPreTokenizer"],
      postProcessors: ["TemplateProcessing"],
      decoders: ["WordPiece"],
    });
    assert.deepEqual(info.addedTokens.at(-1), { id: vocabulary.length, content: "<note>", special: false });
    assert.deepEqual(
      info.addedTokens.filter(({ special }) => special).map(({ content }) => content),
      ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
    );
    assert.ok(info.memoryBytes > 0);
  });
});

describe("the tokenizer.json of a tokenizer", () => {
  const kinds = { WordPiece: wordpieceJson, BPE: bpeJson, Unigram: unigramJson };
  for (const [kind, make] of Object.entries(kinds)) {
    it(`is the one it was loaded from (${kind})`, async () => {
      const first = await loadTested(make());
      const exported = JSON.parse(JSON.stringify(first));
      // What a file says by null, an export may say by leaving it out.
      const withoutNulls = (value) => JSON.parse(JSON.stringify(value, (_, item) => item ?? undefined));
      assert.deepEqual(withoutNulls(exported), withoutNulls(make()));
      const second = await loadTested(exported);
      for (const text of ["the cat sings", "", "Caf\u00E9 \u{1F600}"]) {
        assert.deepEqual(second.encode(text).toJSON(), first.encode(text).toJSON());
      }
    });
  }

  it("gives added tokens the same ids, though the vocabulary has gaps or an empty token", async () => {
    const size = vocabulary.length;
    for (const [token, id] of [
      ["##9", size + 3],
      ["", size],
    ]) {
      const json = wordpieceJson();
      json.model.vocab[token] = id;
      const first = await loadTested(json);
      const again = await loadTested(first.toJSON());
      assert.equal(first.id("<note>"), token ? size : size + 1);
      assert.equal(again.id("<note>"), first.id("<note>"));
      assert.deepEqual(again.toJSON(), first.toJSON());
    }
  });
});

describe("arguments", () => {
  it("of other types are refused by name", async () => {
    const refused = (action, pattern) => failsWith("INVALID_ARGUMENT", action, pattern);
    await refused(() => tokenizer.encode(7), /text must be a string, not number/);
    await refused(() => tokenizer.encode(), /text must be a string, not undefined/);
    await refused(() => tokenizer.encodeIds(["cat"]), /text must be a string, not array/);
    await refused(() => tokenizer.encode("cat", 7), /options must be an object, not number/);
    await refused(() => tokenizer.encode("cat", { pair: 7 }), /options\.pair must be a string/);
    await refused(() => tokenizer.encode("cat", { maxTokens: -1 }), /options\.maxTokens/);
    await refused(() => tokenizer.encode("cat", { maxTokens: 1.5 }), /options\.maxTokens/);
    await refused(() => tokenizer.encode("cat", { addSpecialTokens: 1 }), /options\.addSpecialTokens/);
    await refused(() => tokenizer.encode("cat", { truncation: "left" }), /options\.truncation must be an object/);
    await refused(() => tokenizer.encode("cat", { truncation: { direction: "up" } }), /direction must be one of/);
    await refused(() => tokenizer.encode("cat", { truncation: { strategy: "any" } }), /strategy must be one of/);
    await refused(() => tokenizer.encodeBatch("cat"), /texts must be an array, not string/);
    const error = await refused(() => tokenizer.encodeBatch(["cat", ["a", "b", "c"]]), /texts\[1\]/);
    assert.equal(error.at, 1);
    await refused(() => tokenizer.encodeBatch(["cat"], { pair: "dog" }), /pairs as arrays of two/);
    await refused(() => tokenizer.token("cat"), /id must be a number/);
    await refused(() => tokenizer.id(7), /token must be a string/);
  });
});

describe("the life of a tokenizer", () => {
  it("ends with dispose, which may come twice", async () => {
    const own = await loadTested(wordpieceJson());
    const encoding = own.encode("the cat sat on the mat", { maxTokens: 4 });
    own.dispose();
    own[Symbol.dispose]();
    assert.equal(encoding.ids.length, 4);
    assert.deepEqual(encoding.wordIds, [null, 0, 1, null]);
    for (const action of [
      () => own.encode("cat"),
      () => own.encodeIds("cat"),
      () => own.encodeBatch(["cat"]),
      () => own.decode([1]),
      () => own.token(1),
      () => own.id("cat"),
      () => own.info(),
      () => own.toJSON(),
      () => encoding.overflow,
    ]) {
      await failsWith("DISPOSED", action);
    }
  });

  it("takes no more memory after 10,000 encodings", async () => {
    const own = await loadTested(wordpieceJson());
    const texts = Array.from({ length: 50 }, (_, i) => `the unwanted cat sat on ${"mat ".repeat(i)}${i}`);
    const pass = () => {
      for (const text of texts) {
        own.encode(text, { pair: text, maxTokens: 30 }).overflow.at(-1)?.tokens;
        own.decode(own.encodeIds(text));
      }
    };
    pass();
    const { memoryBytes } = own.info();
    for (let i = 0; i < 200; i++) pass();
    assert.equal(own.info().memoryBytes, memoryBytes);
    own.dispose();
  });

  it("is apart from that of other tokenizers", async () => {
    const [one, two] = await Promise.all([loadTested(wordpieceJson()), loadTested(bpeJson())]);
    one.dispose();
    assert.deepEqual(two.encode("the cat").tokens, ["the", "\u0120cat"]);
  });
});
