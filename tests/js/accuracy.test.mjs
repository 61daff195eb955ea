// How close all-MiniLM-L6-v2 comes to the PyTorch reference, on 400 sentences of 3 to 256 tokens, by each road its
// weights can take.  The goldens are made by tests/golden/make_minilm.py.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import path from "node:path";
import { describe, it } from "node:test";
import { convert } from "kinvec/convert";
import { agreement, goldenJson, goldenValues, largestDifference, neighboursKept, rowsOf } from "./goldens.mjs";
import { binaryOption, cache, loadTested, modelFile } from "./helpers.mjs";

const sentences = goldenJson("sentences.json");
const reference = goldenJson("minilm/minilm.json");
const expected = rowsOf(goldenValues("minilm/vectors.f16"), reference.dimensions);
const checkpoint = path.join(cache, "weights/all-MiniLM-L6-v2");
const referenceGguf = (type) => path.join(cache, `gguf/all-MiniLM-L6-v2.${type}.gguf`);

/** Loads and embeds the 400 sentences; `also` gets the model before it is disposed of. */
async function embedSentences(source, options, also = () => {}) {
  const model = await loadTested(source, options);
  try {
    const { vectors, tokenCounts } = await model.embed(sentences);
    assert.deepEqual(tokenCounts, reference.tokenCounts);
    await also(model);
    return vectors;
  } finally {
    model.dispose();
  }
}

/** At least these cosines to the reference, and this share of each sentence's ten nearest. */
function assertBars(vectors, { mean, min = -1, kept }) {
  const found = agreement(vectors, expected);
  const figures = `mean ${found.mean.toFixed(6)}, min ${found.min.toFixed(6)} at ${JSON.stringify(sentences[found.worst])}`;
  assert.ok(found.mean >= mean, figures);
  assert.ok(found.min >= min, figures);
  if (kept !== undefined) {
    const share = neighboursKept(vectors, expected);
    assert.ok(share >= kept, `${share} of the nearest ten`);
  }
}

describe("against the PyTorch reference", () => {
  it("the f32 path gives the same vectors, and the same attention for the documented sentence", async () => {
    const { text, tokens } = reference.attention;
    const vectors = await embedSentences(checkpoint, { dtype: "f32" }, async (model) => {
      const traced = await model.attention(text);
      assert.deepEqual(traced.tokens, tokens);
      for (const row of traced.attention.flat(2)) {
        const sum = row.reduce((total, weight) => total + weight, 0);
        assert.ok(Math.abs(sum - 1) < 1e-5, `a row sums to ${sum}`);
      }
      const difference = largestDifference(traced.attention, goldenValues("minilm/attention.u16"));
      assert.ok(difference < 1e-4, `attention differs by ${difference}`);
    });
    assertBars(vectors, { mean: 0.99999, min: 0.99999 });
  });

  it("the bundled q8 model is close", async () => {
    assertBars(await embedSentences(modelFile), { mean: 0.9991, min: 0.9975, kept: 0.965 });
  });

  it("the same model with weights of 7 bits is near", async () => {
    const result = await embedSentences(modelFile, { dtype: "q7" }, (model) => assert.equal(model.info().dtype, "q7"));
    assertBars(result, { mean: 0.996, min: 0.985, kept: 0.9 });
  });

  for (const [dtype, { bytes, ...least }] of Object.entries({
    "q8-q4": { bytes: 19.3e6, mean: 0.998, min: 0.993, kept: 0.94 },
    q4: { bytes: 15.2e6, mean: 0.989, min: 0.93, kept: 0.88 },
  })) {
    it(`a ${dtype} model is near, and the same file on every engine`, async () => {
      const file = await convert(checkpoint, { dtype, ...binaryOption });
      assert.ok(file.length < bytes, `${file.length} bytes`);
      assertBars(await embedSentences(file), least);
      assert.equal(createHash("sha256").update(file).digest("hex"), goldenJson("converted.json")[dtype]);
    });
  }

  it("a reference F32 GGUF file gives the same vectors", async () => {
    assertBars(await embedSentences(referenceGguf("F32"), { dtype: "f32" }), { mean: 0.99999, min: 0.99999 });
  });

  it("a reference Q8_0 GGUF file is close", async () => {
    assertBars(await embedSentences(referenceGguf("Q8_0")), { mean: 0.998 });
  });
});
