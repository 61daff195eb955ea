// A tiny BERT in every form it may be published in, against what transformers computes from the same weights:
// the checkpoint folder, BF16 and F16 weights, and GGUF files of the reference package in every type it can write.
// The goldens are made by tests/golden/make_tiny_bert.py and make_tiny_gguf.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { agreement, goldenJson, goldenPath, goldenValues, largestDifference, rowsOf } from "./goldens.mjs";
import { loadTested } from "./helpers.mjs";

const reference = goldenJson("tiny-bert.reference/reference.json");
const { texts, dimensions } = reference;
const folder = fileURLToPath(goldenPath("tiny-bert"));
const file = (name) => `tiny-bert.reference/${name}`;
const vectorsIn = (name) => rowsOf(goldenValues(file(name)), dimensions);

const inFolder = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "modules.json",
  "1_Pooling/config.json",
  "sentence_bert_config.json",
  "config_sentence_transformers.json",
];

/** The checkpoint with other weights. */
function withWeights(name) {
  const read = (path) => new Uint8Array(readFileSync(goldenPath(path)));
  const settings = inFolder.map((path) => [path, read(`tiny-bert/${path}`)]);
  return { ...Object.fromEntries(settings), "model.safetensors": read(file(name)) };
}

async function embedTexts(source, options, embedOptions) {
  const model = await loadTested(source, options);
  try {
    return await model.embed(texts, embedOptions);
  } finally {
    model.dispose();
  }
}

function assertSame(vectors, expected) {
  const { min, worst } = agreement(vectors, expected);
  assert.ok(min >= 0.99999, `cosine ${min} at ${JSON.stringify(texts[worst])}`);
}

describe("a checkpoint folder", () => {
  for (const pooling of ["mean", "cls", "last"]) {
    it(`gives the reference's vectors with ${pooling} pooling`, async () => {
      const { vectors, tokenCounts, truncated } = await embedTexts(folder, { dtype: "f32", pooling });
      assertSame(vectors, vectorsIn(`${pooling}.f32`));
      assert.deepEqual(
        tokenCounts.map((count) => Math.min(count, reference.maxTokens)),
        reference.tokenCounts,
      );
      assert.deepEqual(
        truncated,
        tokenCounts.map((count) => count > reference.maxTokens),
      );
    });
  }

  it("puts its own prompt in front of a query, and nothing in front of a document", async () => {
    const query = await embedTexts(folder, { dtype: "f32" }, { role: "query" });
    assertSame(query.vectors, vectorsIn("query.f32"));
    const document = await embedTexts(folder, { dtype: "f32" }, { role: "document" });
    assertSame(document.vectors, vectorsIn("mean.f32"));
  });

  it("shows the reference's hidden states and attention matrices", async () => {
    const model = await loadTested(folder, { dtype: "f32" });
    for (const { index, tokens } of reference.traces) {
      const traced = await model.attention(texts[index], { hiddenStates: true });
      assert.deepEqual(traced.tokens, tokens);
      const attention = largestDifference(traced.attention, goldenValues(file(`attention.${index}.f32`)));
      assert.ok(attention < 1e-4, `attention differs by ${attention}`);
      const hidden = largestDifference(traced.hiddenStates, goldenValues(file(`hidden.${index}.f32`)));
      assert.ok(hidden < 1e-4, `hidden states differ by ${hidden}`);
    }
    model.dispose();
  });

  for (const type of ["bf16", "f16"]) {
    it(`with ${type.toUpperCase()} weights gives their vectors`, async () => {
      const { vectors } = await embedTexts(withWeights(`model.${type}.safetensors`), { dtype: "f32" });
      assertSame(vectors, vectorsIn(`mean.${type}.f32`));
    });
  }
});

describe("a GGUF file of the reference package", () => {
  for (const type of ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"]) {
    it(`of type ${type} gives the vectors of its weights`, async () => {
      const source = fileURLToPath(goldenPath(file(`gguf/${type}.gguf`)));
      // Its header has no room for the 32 tokens that the checkpoint's settings limit texts to.
      const fitting = texts.map((_, i) => reference.tokenCounts[i] < reference.maxTokens);
      const { vectors } = await embedTexts(source, { dtype: "f32" });
      const expected = vectorsIn(`gguf/${type}.f32`);
      assertSame(
        vectors.filter((_, i) => fitting[i]),
        expected.filter((_, i) => fitting[i]),
      );
    });
  }
});
