// Every stage of the pipeline and its parameters against the reference, each alone on random texts: hashes made by
// tests/golden/tokenizer/make_stages.py.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadTokenizer } from "kinvec/tokenizers";
import { decodedHash, encodingsHash } from "./golden_hash.mjs";
import { goldenJson } from "./goldens.mjs";
import { binaryOption } from "./helpers.mjs";
import { mixedText } from "./mixed_texts.mjs";
import { randomText } from "./random_texts.mjs";

const golden = goldenJson("tokenizer/stages.json");

const texts = [randomText, mixedText].flatMap((text) =>
  Array.from({ length: golden.texts }, (_, i) => text(3_000_000 + i)),
);

describe("a stage answers as the reference's:", () => {
  for (const [name, { hashes, parts }] of Object.entries(golden.tokenizers)) {
    it(name, async () => {
      const tokenizer = await loadTokenizer({ ...golden.base, ...parts }, binaryOption);
      const encodings = tokenizer.encodeBatch(texts);
      const [encoded, decoded] = [encodingsHash(encodings), decodedHash(tokenizer, encodings, true)];
      tokenizer.dispose();
      assert.deepEqual({ encoded, decoded }, { encoded: hashes[0], decoded: hashes[1] });
    });
  }
});
