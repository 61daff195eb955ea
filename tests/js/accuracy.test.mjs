// How close all-MiniLM-L6-v2 comes to the PyTorch reference, on 400 sentences of 3 to 256 tokens, by each road its
// weights can take.  The goldens are made by tests/golden/make_minilm.py.

import assert from "node:assert/strict";
import path from "node:path";
import { before, describe, it } from "node:test";
import { convert } from "kinvec/convert";
import { agreement, goldenJson, goldenValues, largestDifference, rowsOf } from "./goldens.mjs";
import { binaryOption, cache, loadTested, modelFile } from "./helpers.mjs";

const sentences = goldenJson("sentences.json");
const reference = goldenJson("minilm/minilm.json");
const expected = rowsOf(goldenValues("minilm/vectors.f16"), reference.dimensions);
const checkpoint = path.join(cache, "weights/all-MiniLM-L6-v2");
const referenceGguf = (type) => path.join(cache, `gguf/all-MiniLM-L6-v2.${type}.gguf`);

/** Loads, embeds the 400 sentences, and compares; `also` gets the model before it is disposed of. */
async function compare(source, options, also = () => {}) {
  const model = await loadTested(source, options);
  try {
    const { vectors, tokenCounts } = await model.embed(sentences);
    assert.deepEqual(tokenCounts, reference.tokenCounts);
    await also(model);
    return agreement(vectors, expected);
  } finally {
    model.dispose();
  }
}

function assertBars({ mean, min, worst }, least) {
  const found = `mean ${mean.toFixed(6)}, min ${min.toFixed(6)} at ${JSON.stringify(sentences[worst])}`;
  assert.ok(mean >= least.mean, found);
  assert.ok(min >= (least.min ?? -1), found);
}

describe("against the PyTorch reference", () => {
  it("the f32 path gives the same vectors, and the same attention for the documented sentence", async () => {
    const { text, tokens } = reference.attention;
    const result = await compare(checkpoint, { dtype: "f32" }, async (model) => {
      const traced = await model.attention(text);
      assert.deepEqual(traced.tokens, tokens);
      for (const row of traced.attention.flat(2)) {
        const sum = row.reduce((total, weight) => total + weight, 0);
        assert.ok(Math.abs(sum - 1) < 1e-5, `a row sums to ${sum}`);
      }
      const difference = largestDifference(traced.attention, goldenValues("minilm/attention.u16"));
      assert.ok(difference < 1e-4, `attention differs by ${difference}`);
    });
    assertBars(result, { mean: 0.99999, min: 0.99999 });
  });

  it("the bundled q8 model is close", async () => {
    assertBars(await compare(modelFile), { mean: 0.999, min: 0.997 });
  });

  it("the same model with weights of 7 bits is near", async () => {
    const result = await compare(modelFile, { dtype: "q7" }, (model) => assert.equal(model.info().dtype, "q7"));
    assertBars(result, { mean: 0.996, min: 0.985 });
  });

  describe("a q4 model", () => {
    let file;
    before(async () => {
      file = await convert(checkpoint, { dtype: "q4", ...binaryOption });
    });

    it("is near, at two thirds of the size", async () => {
      assert.ok(file.length < 16e6, `${file.length} bytes`);
      assertBars(await compare(file), { mean: 0.965 });
    });
  });

  it("a reference F32 GGUF file gives the same vectors", async () => {
    assertBars(await compare(referenceGguf("F32"), { dtype: "f32" }), { mean: 0.99999, min: 0.99999 });
  });

  it("a reference Q8_0 GGUF file is close", async () => {
    assertBars(await compare(referenceGguf("Q8_0")), { mean: 0.998 });
  });
});
