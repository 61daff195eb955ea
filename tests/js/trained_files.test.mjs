// Trained tokenizers against the reference: it loads the same files and encodes as we do, and its own trainers learn the
// same. tests/golden/tokenizer/make_trained_files.py made the hashes, and says what is random in the reference.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodedHash, encodingsHash, shortHash } from "./golden_hash.mjs";
import { goldenJson } from "./goldens.mjs";
import { testTexts, train, trainings, trainingTexts } from "./trained_tokenizers.mjs";

const golden = goldenJson("tokenizer/trained_files.json").tokenizers;

/** Tokens per code point of the texts. */
function density(tokenizer, texts) {
  const encodings = tokenizer.encodeBatch(texts, { addSpecialTokens: false });
  const tokens = encodings.reduce((sum, { ids }) => sum + ids.length, 0);
  return tokens / texts.reduce((sum, text) => sum + [...text].length, 0);
}

describe("a trained tokenizer", () => {
  for (const training of trainings) {
    it(`is what the reference reads, and would have learned (${training.name})`, async () => {
      const expected = golden[training.name];
      const tokenizer = await train(training);
      const { model } = tokenizer.toJSON();
      if (expected.tokens) {
        const tokens = Object.keys(model.vocab).sort((a, b) => model.vocab[a] - model.vocab[b]);
        assert.equal(shortHash(tokens.join("\n")), expected.tokens, "tokens");
      }
      if (expected.merges) {
        const merges = model.merges.map((pair) => pair.join(" "));
        assert.equal(shortHash(merges.join("\n")), expected.merges, "merges");
      }
      if (expected.density) {
        const ratio = density(tokenizer, trainingTexts(training)) / expected.density;
        assert.ok(Math.abs(ratio - 1) < 0.01, `tokens per character: ${ratio} of the reference's`);
      }
      assert.equal(shortHash(JSON.stringify(tokenizer)), expected.file, "the file that the reference has read");
      const encodings = tokenizer.encodeBatch(testTexts(training));
      assert.equal(encodingsHash(encodings), expected.encoded);
      assert.equal(decodedHash(tokenizer, encodings, true), expected.decoded);
    });
  }
});
