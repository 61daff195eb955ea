// Texts and circumstances that broke other tokenizers, for every kind of model. What is expected is what the reference
// library answers. tokenizer.test.mjs has those of the encoder's own tokenizer.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { loadTokenizer } from "kinvec/tokenizers";
import { binaryOption, cache, failsWith } from "./helpers.mjs";
import { bytesTokenizer, toyTokenizer } from "./toy_tokenizers.mjs";

const load = (description) => loadTokenizer(description, binaryOption);
const published = (name, changes = {}) => {
  const file = path.join(cache, "tokenizers", name, "tokenizer.json");
  return load({ ...JSON.parse(readFileSync(file, "utf8")), truncation: null, ...changes });
};

/** Tokens without special ones around them, and the slices of the text that they stand for. */
function pieces(tokenizer, text) {
  const { tokens, offsets } = tokenizer.encode(text, { addSpecialTokens: false });
  return { tokens, slices: offsets.map(([start, end]) => text.slice(start, end)) };
}

/** The text as the normalizer leaves it, byte by byte. */
async function normalized(normalizer, text) {
  const tokenizer = await load(bytesTokenizer({ normalizer }));
  return tokenizer.decode(tokenizer.encodeIds(text));
}

describe("accents and letter case", () => {
  it("StripAccents does nothing to precomposed letters unless they are decomposed before it", async () => {
    const text = "H\u00e9ll\u00f2 h\u00f4w are \u00fc?";
    assert.equal(await normalized({ type: "StripAccents" }, text), text);
    const decomposing = { type: "Sequence", normalizers: [{ type: "NFD" }, { type: "StripAccents" }] };
    assert.equal(await normalized(decomposing, text), "Hello how are u?");
  });

  it("decomposition covers all of Unicode, and only the marks are dropped", async () => {
    const decomposing = { type: "Sequence", normalizers: [{ type: "NFD" }, { type: "StripAccents" }] };
    const text = "Kant\u014d l\u01dcshi Gospi\u0107 \u0110in\u0111i\u0107 Nguy\u1ec5n";
    assert.equal(await normalized(decomposing, text), "Kanto lushi Gospic \u0110in\u0111ic Nguyen");
  });

  it("lower case is the same in every locale of the process", async () => {
    const text = "\u00c0\u00c9\u00ce \u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3 \u0401\u0416 \u0130I";
    const lower = await normalized({ type: "Lowercase" }, text);
    assert.equal(lower, "\u00e0\u00e9\u00ee \u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3 \u0451\u0436 i\u0307i");
    const program = `
      import { loadTokenizer } from "kinvec/tokenizers";
      const tokenizer = await loadTokenizer(${JSON.stringify(bytesTokenizer({ normalizer: { type: "Lowercase" } }))});
      process.stdout.write(tokenizer.decode(tokenizer.encodeIds(${JSON.stringify(text)})));`;
    for (const locale of ["C", "tr_TR.UTF-8"]) {
      const env = { ...process.env, LC_ALL: locale, LANG: locale };
      const args = ["--input-type=module", "-e", program];
      assert.equal(execFileSync(process.execPath, args, { env, encoding: "utf8" }), lower);
    }
  });

  it("punctuation splits words when the text is not cleaned too", async () => {
    const normalizer = {
      type: "BertNormalizer",
      clean_text: false,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    };
    const tokenizer = await published("bert-uncased", { normalizer });
    assert.deepEqual(
      pieces(tokenizer, "Cretaceous\u2013Paleogene").tokens,
      "cretaceous \u2013 pale ##ogen ##e".split(" "),
    );
    assert.deepEqual(
      pieces(tokenizer, "\u201cquoted\u201d a\u2026b x\u2014y \u00bfqu\u00e9?").tokens,
      "\u201c quoted \u201d a \u2026 b x \u2014 y \u00bf que ?".split(" "),
    );
  });
});

describe("unknown words", () => {
  const wordpiece = (changes = {}) =>
    load(
      toyTokenizer({
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: { "[UNK]": 0, un: 1, "##want": 2, "##ed": 3, runn: 4, "##ing": 5 },
        ...changes,
      }),
    );

  it("a word is unknown as a whole if any part of it cannot be matched", async () => {
    const { tokens, slices } = pieces(await wordpiece(), "unwantedX running unwanted");
    assert.deepEqual(tokens, ["[UNK]", "runn", "##ing", "un", "##want", "##ed"]);
    assert.deepEqual(slices, ["unwantedX", "runn", "ing", "un", "want", "ed"]);
  });

  it("the longest word that is looked at is the file's, counted in code points", async () => {
    const tokenizer = await wordpiece({ max_input_chars_per_word: 8 });
    assert.deepEqual(pieces(tokenizer, "unwanted unwanteded").tokens, ["un", "##want", "##ed", "[UNK]"]);
    const vocab = { "[UNK]": 0, "\u{1f600}": 1, "##\u{1f600}": 2 };
    const emoji = await wordpiece({ max_input_chars_per_word: 8, vocab });
    assert.equal(pieces(emoji, "\u{1f600}".repeat(8)).tokens.length, 8);
    assert.deepEqual(pieces(emoji, "\u{1f600}".repeat(9)).tokens, ["[UNK]"]);
  });

  it("a run of unknown characters is one unknown piece in Unigram", async () => {
    const vocab = [
      ["<unk>", 0],
      ["\u2581", -2],
      ["w", -3],
      ["where", -4],
      ["\u2581where", -4.5],
      [".", -3],
    ];
    const model = { type: "Unigram", unk_id: 0, byte_fallback: false, vocab };
    const metaspace = { type: "Metaspace", replacement: "\u2581", prepend_scheme: "always", split: true };
    const tokenizer = await load(toyTokenizer(model, { pre_tokenizer: metaspace, normalizer: null }));
    const { tokens, slices } = pieces(tokenizer, "where \u6771\u4eac\u7ff4\u791a\u252e\u7d9a\u7716.");
    assert.deepEqual(tokens, ["\u2581where", "\u2581", "<unk>", "."]);
    assert.deepEqual(slices, ["where", " ", "\u6771\u4eac\u7ff4\u791a\u252e\u7d9a\u7716", "."]);
  });

  it("a run of unknown characters in BPE is one token or one for each, as fuse_unk says", async () => {
    const bpe = { type: "BPE", unk_token: "<unk>", vocab: { "<unk>": 0, a: 1, ".": 2 }, merges: [] };
    const stages = { pre_tokenizer: null, normalizer: null };
    for (const [fuse, slices] of [
      [true, ["a", "\u6771\u4eac\u7ff4", "."]],
      [false, ["a", "\u6771", "\u4eac", "\u7ff4", "."]],
    ]) {
      const tokenizer = await load(toyTokenizer({ ...bpe, fuse_unk: fuse }, stages));
      assert.deepEqual(pieces(tokenizer, "a\u6771\u4eac\u7ff4.").slices, slices);
    }
  });

  it("every piece of a multilingual cased vocabulary has an id, and what has none is the unknown token", async () => {
    const tokenizer = await published("bert-cased");
    const { ids, tokens } = tokenizer.encode("Hallo Dunkelheit, mein alter Freund!");
    for (const [i, id] of ids.entries()) {
      assert.ok(Number.isInteger(id) && id >= 0 && id < tokenizer.vocabSize);
      assert.equal(tokenizer.token(id), tokens[i]);
      assert.equal(tokenizer.id(tokens[i]), id);
    }
    assert.deepEqual(tokens.slice(1, 8), ["Ha", "##ll", "##o", "D", "##un", "##kel", "##heit"]);
    assert.equal(tokens.at(-2), "[UNK]");
  });
});

describe("offsets", () => {
  it("each of the byte-level tokens that make one character stands for the whole of it", async () => {
    const tokenizer = await published("gpt2");
    assert.deepEqual(pieces(tokenizer, "i \u2b62 j").slices, ["i", " \u2b62", "\u2b62", "\u2b62", " j"]);
    assert.deepEqual(pieces(tokenizer, "\u{1d4b3}y").slices, ["\u{1d4b3}", "\u{1d4b3}", "\u{1d4b3}", "y"]);
    const family = "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} ok";
    const { slices } = pieces(tokenizer, family);
    assert.deepEqual([...new Set(slices)], ["\u{1f469}", "\u200d", "\u{1f467}", " ok"]);
  });

  it("each of the byte tokens that stand in for an unknown character stands for the whole of it", async () => {
    const { tokens, slices } = pieces(await published("llama2"), "\u7ff4.");
    assert.deepEqual(tokens, ["\u2581", "<0xE7>", "<0xBF>", "<0xB4>", "."]);
    assert.deepEqual(slices.slice(1), ["\u7ff4", "\u7ff4", "\u7ff4", "."]);
  });
});

describe("what is hardly a text", () => {
  const names = ["bert-cased", "gpt2", "clip", "llama2", "xlm-roberta", "words"];

  it("an empty text gives only the special tokens, or none", async () => {
    for (const name of names) {
      const tokenizer = await published(name);
      assert.deepEqual(tokenizer.encode("", { addSpecialTokens: false }).tokens, [], name);
      const { specialTokensMask, wordIds } = tokenizer.encode("");
      assert.ok(specialTokensMask.every((is) => is === 1) && wordIds.every((word) => word === null), name);
      assert.equal(tokenizer.decode([]), "");
    }
  });

  it("white space alone gives none of a model's tokens where words are split at it", async () => {
    const tokenizer = await published("bert-cased");
    for (const text of [" ", "\n\t", "\u00a0\u3000"]) {
      assert.deepEqual(tokenizer.encode(text).tokens, ["[CLS]", "[SEP]"]);
    }
  });

  it("a lone surrogate is read as U+FFFD", async () => {
    for (const name of names) {
      const tokenizer = await published(name);
      for (const [cut, whole] of [
        ["\ud800", "\ufffd"],
        ["\ud800a", "\ufffda"],
        ["b\udc00\ud83d", "b\ufffd\ufffd"],
        ["an emoji \u{1f600}".slice(0, -1), "an emoji \ufffd"],
      ]) {
        assert.deepEqual(tokenizer.encode(cut).toJSON(), tokenizer.encode(whole).toJSON(), name);
      }
    }
  });

  it("line breaks reach the model as they are", async () => {
    const text = "one line\r\nand\n\nanother\n";
    for (const name of ["gpt2", "llama3", "llama2", "gemma3"]) {
      const tokenizer = await published(name);
      assert.equal(tokenizer.decode(tokenizer.encodeIds(text)), text, name);
    }
  });

  it("what is no text is refused by its type and, in a list, its place", async () => {
    const tokenizer = await published("gpt2");
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encode(undefined), /text/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encode(42), /number/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encodeIds(null), /null/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encode("a", { pair: 7 }), /pair.*number/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encodeBatch("a"), /string/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encodeBatch(["a", null]), /texts\[1\].*null/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.encodeBatch([["a"]]), /texts\[0\].*array/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.decode([1, "2"]), /ids\[1\]/);
    await failsWith("INVALID_ARGUMENT", () => tokenizer.decode("12"), /string/);
  });
});
