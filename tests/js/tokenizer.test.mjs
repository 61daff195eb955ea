// The tokenizer against the reference: hashes of its answers to more than a million texts, made by
// tests/golden/tokenizer/make_golden.py, and by hand the texts that broke other tokenizers.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { declarationLines } from "./golden_texts.mjs";
import { failsWith, loadTested, modelFile, root } from "./helpers.mjs";
import { randomText } from "./random_texts.mjs";

const golden = JSON.parse(readFileSync(path.join(root, "tests/golden/tokenizer/encodings.json"), "utf8"));

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

async function blockHash(texts) {
  const hash = createHash("sha256");
  for (const text of texts) {
    const { ids, offsets, tokens } = await model.tokenize(text);
    hash.update(`${ids.join(" ")}|${offsets.map((pair) => pair.join(" ")).join(" ")}|${tokens.join(" ")}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Asserts that ids, offsets and tokens of `textAt(0)`, `textAt(1)`, ... are the reference's, block by block. */
async function equalsReference(kind, textAt) {
  const { count, block, hashes } = golden.kinds[kind];
  assert.equal(model.info().maxTokens, golden.maxTokens);
  const different = [];
  for (const [i, expected] of hashes.entries()) {
    const size = Math.min(block, count - i * block);
    const texts = Array.from({ length: size }, (_, j) => textAt(i * block + j));
    if ((await blockHash(texts)) !== expected) different.push(i);
  }
  assert.deepEqual(different, [], `blocks that differ; make_golden.py --show ${kind} BLOCK gives the reference's`);
}

describe("ids, offsets and tokens equal the reference's", () => {
  it("for every code point alone", () => equalsReference("code_points", (c) => String.fromCodePoint(c)));

  it("for 200,000 random Unicode strings", () => equalsReference("random", randomText));

  it("for lines of text in hundreds of languages", async () => {
    const lines = declarationLines();
    assert.equal(lines.length, golden.kinds.real.count);
    assert.ok(lines.length >= 20_000);
    await equalsReference("real", (i) => lines[i]);
  });
});

/** Tokens without the special ones around the text, and the slices of the text that they stand for. */
async function pieces(text) {
  const { tokens, offsets } = await model.tokenize(text, { addSpecialTokens: false });
  return { tokens, slices: offsets.map(([begin, end]) => text.slice(begin, end)) };
}

async function hasTokens(text, expected) {
  assert.deepEqual((await pieces(text)).tokens, expected.split(" "));
}

describe("texts that broke other tokenizers", () => {
  it("accented letters keep their base letters", async () => {
    await hasTokens("Kant\u014d l\u01dcshi Gospi\u0107", "kant ##o lush ##i go ##sp ##ic");
    await hasTokens("\u0110in\u0111i\u0107 Nguy\u1ec5n", "\u0111 ##in ##\u0111 ##ic nguyen");
    await hasTokens("H\u00e9ll\u00f2 h\u00f4w are \u00fc?", "hello how are u ?");
  });

  it("lower case comes from the library's own tables", async () => {
    await hasTokens("\u00c0\u00c9\u00ce \u0401\u0416", "ae ##i \u0435 ##\u0436");
    await hasTokens("\u03a3\u038a\u03a3", "\u03c3 ##\u03b9 ##\u03c3");
    await hasTokens("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939 ##\u093f ##\u0928 ##\u0926 ##\u0940");
    await hasTokens("\u0633\u0644\u0648", "\u0633 ##\u0644 ##\u0648");
  });

  it("every piece has an id", async () => {
    const { ids, tokens } = await model.tokenize("Hallo Dunkelheit, mein alter Freund!");
    assert.equal(ids.length, tokens.length);
    for (const id of ids) assert.ok(Number.isInteger(id) && id >= 0 && id < model.info().vocabSize);
    for (const token of tokens) assert.ok(token.length > 0);
  });

  it("a word of more than 100 characters is one unknown token, counted in code points", async () => {
    assert.ok((await pieces("a".repeat(100))).tokens.length > 1);
    await hasTokens("a".repeat(101), "[UNK]");
    await hasTokens("\u00e9".repeat(101), "[UNK]");
    await hasTokens("\u{1f600}".repeat(60), "[UNK]");
    await hasTokens(`data:image/png;base64,${"iVBORw0KGgo".repeat(12)}`, "data : image / p ##ng ; base ##64 , [UNK]");
  });

  it("Unicode punctuation splits words", async () => {
    await hasTokens("Cretaceous\u2013Paleogene", "cretaceous \u2013 pale ##ogen ##e");
    await hasTokens(
      "\u201cquoted\u201d a\u2026b x\u2014y \u00bfqu\u00e9?",
      "\u201c quoted \u201d a \u2026 b x \u2014 y \u00bf que ?",
    );
  });

  it("a text of nothing or of white space gives the two special tokens, or none", async () => {
    for (const text of ["", " ", "\n\t", "\u00a0\u3000", "\u200b", "\u0000"]) {
      assert.deepEqual((await model.tokenize(text)).tokens, ["[CLS]", "[SEP]"]);
      assert.deepEqual((await model.tokenize(text, { addSpecialTokens: false })).tokens, []);
    }
  });

  it("a lone surrogate is read as U+FFFD", async () => {
    for (const [cut, whole] of [
      ["\ud800", "\ufffd"],
      ["\ud800a", "\ufffda"],
      ["b\udc00\ud83d", "b\ufffd\ufffd"],
      ["an emoji \u{1f600}".slice(0, -1), "an emoji \ufffd"],
    ]) {
      assert.deepEqual(await model.tokenize(cut), await model.tokenize(whole));
    }
  });

  it("the longest piece wins at each place", async () => {
    await hasTokens("embeddings and hillclimbing", "em ##bed ##ding ##s and hill ##cl ##im ##bing");
  });

  it("offsets cut the text where JavaScript cuts it", async () => {
    assert.deepEqual(await pieces("\u{1f469}\u200d\u{1f469}\u200d\u{1f467} ok"), {
      tokens: ["[UNK]", "ok"],
      slices: ["\u{1f469}\u200d\u{1f469}\u200d\u{1f467}", "ok"],
    });
    assert.deepEqual((await pieces("\u{1d4b3}y i \u2b62 j")).slices, ["\u{1d4b3}y", "i", "\u2b62", "j"]);
    // Each part of a decomposed syllable stands for the whole of it.
    assert.deepEqual((await pieces("\ud55c")).slices, ["\ud55c", "\ud55c", "\ud55c"]);
  });

  it("what is no text is refused by its type", async () => {
    await failsWith("INVALID_ARGUMENT", () => model.tokenize(undefined), /undefined/);
    await failsWith("INVALID_ARGUMENT", () => model.tokenize(42), /number/);
    await failsWith("INVALID_ARGUMENT", () => model.embed(["a", null]), /texts\[1\].*null/);
    await failsWith("INVALID_ARGUMENT", () => model.embed([["a"]]), /texts\[0\].*array/);
  });
});
