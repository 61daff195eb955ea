// Published tokenizers of all kinds against the reference: hashes of its answers to more than a million texts for each,
// made by tests/golden/tokenizer/make_published.py and make_options.py. Every block of texts in one version of Node.js,
// a sample of the blocks elsewhere.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { KinvecError, loadTokenizer } from "kinvec/tokenizers";
import { decodedHash, encodingsHash, shortHash } from "./golden_hash.mjs";
import { goldenPairs, goldenTexts } from "./golden_texts.mjs";
import { goldenJson } from "./goldens.mjs";
import { binaryOption, cache } from "./helpers.mjs";

const published = goldenJson("tokenizer/published.json");
const options = goldenJson("tokenizer/options.json");
const examples = goldenJson("tokenizer/examples.json");
const everyBlock = process.env.KINVEC_TEST_TOKENIZERS === "all";
const sampleStep = 20;

const texts = {};

/** Without the file's truncation, as the golden hashes are. */
async function loadPublished(name) {
  const description = JSON.parse(readFileSync(path.join(cache, "tokenizers", name, "tokenizer.json"), "utf8"));
  return loadTokenizer({ ...description, truncation: null }, binaryOption);
}

/** Numbers of the blocks whose hashes are not the reference's. */
function differentBlocks(tokenizer, name, kind) {
  const { count, block } = published.kinds[kind];
  texts[kind] ??= goldenTexts(kind, count);
  assert.equal(texts[kind].length, count);
  const golden = published.tokenizers[name][kind];
  const [encoded, decoded] = [golden.encoded.split(" "), golden.decoded.split(" ")];
  const different = [];
  // Other blocks of each tokenizer, so that the samples together see all of them.
  const first = everyBlock ? 0 : Object.keys(published.tokenizers).indexOf(name) % Math.min(sampleStep, encoded.length);
  for (let i = first; i < encoded.length; i += everyBlock ? 1 : sampleStep) {
    const encodings = tokenizer.encodeBatch(texts[kind].slice(i * block, (i + 1) * block));
    if (encodingsHash(encodings) !== encoded[i]) different.push(`${i}: encoded`);
    if (decodedHash(tokenizer, encodings, kind !== "code_points") !== decoded[i]) different.push(`${i}: decoded`);
  }
  return different;
}

/** Ids, flat offsets, type ids, word ids and special tokens of what is kept and of each part that overflows. */
function partsOf(encoding) {
  return [encoding, ...encoding.overflow].map((part) => [
    [...part.ids],
    part.offsets.flat(),
    [...part.typeIds],
    part.wordIds.map((word) => word ?? -1),
    [...part.specialTokensMask],
  ]);
}

function answer(tokenizer, [text, pair], { pair: isPair, special, truncation }) {
  const [strategy, direction, maxTokens, stride] = truncation ?? [];
  const settings = { addSpecialTokens: special };
  if (isPair) settings.pair = pair;
  if (truncation) Object.assign(settings, { maxTokens, truncation: { strategy, direction, stride } });
  try {
    return JSON.stringify(partsOf(tokenizer.encode(text, settings)));
  } catch (error) {
    assert.ok(error instanceof KinvecError && /^(TEXT_TOO_LONG|INVALID_ARGUMENT)$/.test(error.code), error.stack);
    return "error";
  }
}

for (const name of Object.keys(published.tokenizers)) {
  describe(`the tokenizer ${name} answers as the reference`, () => {
    let tokenizer;
    before(async () => {
      tokenizer = await loadPublished(name);
    });
    after(() => tokenizer?.dispose());

    it("in ids, tokens, offsets, words and text", () => {
      for (const [i, text] of examples.texts.entries()) {
        const encoding = tokenizer.encode(text);
        const { ids } = encoding;
        const given = {
          ids: [...ids],
          tokens: encoding.tokens,
          offsets: encoding.offsets.flat(),
          wordIds: encoding.wordIds.map((word) => word ?? -1),
          decoded: [tokenizer.decode(ids), tokenizer.decode(ids, { skipSpecialTokens: false })],
        };
        assert.deepEqual(given, examples.tokenizers[name][i], text);
      }
    });

    for (const [kind, title] of [
      ["code_points", "for every code point alone"],
      ["random", "for random Unicode strings"],
      ["mixed", "for random mixtures of words, numbers, white space, graphemes, code and special tokens"],
      ["real", "for lines of text in hundreds of languages"],
      ["program", "for English prose and code with its indentation"],
    ]) {
      it(title, () => {
        const different = differentBlocks(tokenizer, name, kind);
        assert.deepEqual(different, [], `make_published.py --show ${name} ${kind} BLOCK gives the reference's answers`);
      });
    }

    it("for pairs of texts, every truncation, with and without special tokens", () => {
      const pairs = goldenPairs(options.pairs);
      const golden = options.tokenizers[name][0].split(" ");
      const different = options.optionSets.flatMap((set, i) => {
        const lines = pairs.map((pair) => answer(tokenizer, pair, set));
        return shortHash(lines.join("\n")) === golden[i] ? [] : [`${i}: ${JSON.stringify(set)}`];
      });
      assert.deepEqual(different, [], `make_options.py --show ${name} OPTION_SET gives the reference's answers`);
    });
  });
}
