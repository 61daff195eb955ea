// The engine against the reference implementation's own numbers: a tiny BERT in every form of file, and the real model.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, it } from "node:test";
import { similarity } from "kinvec";
import { convert } from "kinvec/convert";
import { binaryOption, cache, loadTested, modelFile, root } from "./helpers.mjs";

const golden = (name) => path.join(root, "tests/golden", name);
const json = (name) => JSON.parse(readFileSync(golden(name), "utf8"));
const floats = (name) => new Float32Array(Uint8Array.from(readFileSync(golden(name))).buffer);
const rowsOf = (flat, length) =>
  Array.from({ length: flat.length / length }, (_, i) => flat.subarray(i * length, (i + 1) * length));

/** Mean and least cosine between two lists of vectors. */
function agreement(actual, expected) {
  assert.equal(actual.length, expected.length);
  const scores = actual.map((vector, i) => similarity(vector, expected[i]));
  return { mean: scores.reduce((sum, score) => sum + score, 0) / scores.length, least: Math.min(...scores) };
}

function largestDifference(a, b) {
  assert.equal(a.length, b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe("a tiny BERT", () => {
  const reference = json("tiny-bert.reference/reference.json");
  const folder = golden("tiny-bert");
  const expected = (name) => rowsOf(floats(`tiny-bert.reference/${name}.f32`), reference.dimensions);
  const withWeights = (name) => {
    const files = {};
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      files[path.relative(folder, file)] = new Uint8Array(readFileSync(file));
    }
    files["model.safetensors"] = new Uint8Array(readFileSync(golden(`tiny-bert.reference/${name}`)));
    return files;
  };
  const embed = async (source, options, embedOptions) => {
    const model = await loadTested(source, options);
    const result = await model.embed(reference.texts, embedOptions);
    model.dispose();
    return result;
  };

  it("gives the reference's vectors and token counts from its checkpoint folder in f32", async () => {
    const { vectors, tokenCounts, truncated } = await embed(folder, { dtype: "f32" });
    assert.ok(agreement(vectors, expected("mean")).least > 0.99999);
    assert.deepEqual(
      tokenCounts.map((count) => Math.min(count, reference.maxTokens)),
      reference.tokenCounts,
    );
    assert.ok(truncated.includes(true));
  });

  it("pools as the reference does in each way", async () => {
    for (const pooling of ["mean", "cls", "last"]) {
      const { vectors } = await embed(folder, { dtype: "f32", pooling });
      assert.ok(agreement(vectors, expected(pooling)).least > 0.99999, pooling);
    }
  });

  it("puts the same prompt before queries", async () => {
    const { vectors } = await embed(folder, { dtype: "f32" }, { role: "query" });
    assert.ok(agreement(vectors, expected("query")).least > 0.99999);
  });

  it("gives the reference's hidden states and attention", async () => {
    const model = await loadTested(folder, { dtype: "f32" });
    for (const { index, tokens } of reference.traces) {
      const traced = await model.attention(reference.texts[index], { hiddenStates: true });
      assert.deepEqual(traced.tokens, tokens);
      const hidden = traced.hiddenStates.flat().flatMap((row) => [...row]);
      const attention = traced.attention.flat(2).flatMap((row) => [...row]);
      assert.ok(largestDifference(hidden, floats(`tiny-bert.reference/hidden.${index}.f32`)) < 1e-3);
      assert.ok(largestDifference(attention, floats(`tiny-bert.reference/attention.${index}.f32`)) < 1e-4);
    }
    model.dispose();
  });

  it("gives the reference's vectors from half-precision checkpoints", async () => {
    for (const type of ["f16", "bf16"]) {
      const { vectors } = await embed(withWeights(`model.${type}.safetensors`), { dtype: "f32" });
      assert.ok(agreement(vectors, expected(`mean.${type}`)).least > 0.99999, type);
    }
  });

  for (const name of readdirSync(golden("tiny-bert.reference/gguf")).filter((file) => file.endsWith(".gguf"))) {
    const type = path.basename(name, ".gguf");
    it(`gives the reference's vectors from llama.cpp's ${type} file, loaded or converted to f32`, async () => {
      const file = golden(`tiny-bert.reference/gguf/${name}`);
      for (const source of [file, await convert(file, { dtype: "f32", ...binaryOption })]) {
        const { vectors } = await embed(source, { dtype: "f32" });
        // llama.cpp's layout has no limit below the position table, so texts that the reference cut are left out.
        const whole = (_, i) => reference.tokenCounts[i] < reference.maxTokens;
        assert.ok(agreement(vectors.filter(whole), expected(`gguf/${type}`).filter(whole)).least > 0.99999);
      }
    });
  }

  it("stays near in 8-bit and 4-bit files made from either form", async () => {
    for (const source of [folder, golden("tiny-bert.reference/gguf/F32.gguf")]) {
      const q8 = await embed(await convert(source, { dtype: "q8", ...binaryOption }));
      assert.ok(agreement(q8.vectors, expected("mean")).mean > 0.998);
      const q4 = await embed(await convert(source, { dtype: "q4", ...binaryOption }));
      assert.ok(agreement(q4.vectors, expected("mean")).mean > 0.9);
    }
  });
});

describe("all-MiniLM-L6-v2 on 400 sentences", () => {
  const weights = path.join(cache, "weights/all-MiniLM-L6-v2");
  const sentences = json("sentences.json");
  const reference = json("minilm/minilm.json");
  let expected;
  before(() => {
    assert.ok(existsSync(weights), "tools/setup.sh brings the checkpoint");
    const halves = new Uint16Array(Uint8Array.from(readFileSync(golden("minilm/vectors.f16"))).buffer);
    expected = rowsOf(Float32Array.from(halves, halfToFloat), reference.dimensions);
  });
  const embed = async (source, options) => {
    const model = await loadTested(source, options);
    const { vectors, tokenCounts } = await model.embed(sentences);
    model.dispose();
    return { ...agreement(vectors, expected), tokenCounts };
  };

  it("is within 0.00001 of the reference in f32", async () => {
    const { least, tokenCounts } = await embed(weights, { dtype: "f32" });
    assert.ok(least >= 0.99999, `least cosine ${least}`);
    assert.deepEqual(
      tokenCounts.map((count) => Math.min(count, reference.maxTokens)),
      reference.tokenCounts,
    );
  });

  it("is within 0.0010 on average and 0.0030 at worst in the bundled 8-bit file", async () => {
    const { mean, least } = await embed(modelFile);
    assert.ok(mean >= 0.999 && least >= 0.997, `mean ${mean}, least ${least}`);
  });

  it("is within 0.035 on average in 4 bits", async () => {
    const { mean } = await embed(await convert(weights, { dtype: "q4", calibration: false, ...binaryOption }));
    assert.ok(mean >= 0.965, `mean ${mean}`);
  });

  it("has the reference's attention in f32, in rows that sum to 1", async () => {
    const model = await loadTested(weights, { dtype: "f32" });
    const { tokens, attention } = await model.attention(reference.attention.text);
    model.dispose();
    assert.deepEqual(tokens, reference.attention.tokens);
    const rows = attention.flat(2);
    for (const row of rows) assert.ok(Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
    const codes = new Uint16Array(Uint8Array.from(readFileSync(golden("minilm/attention.u16"))).buffer);
    const stored = Float32Array.from(codes, (code) => code / 65535);
    assert.ok(
      largestDifference(
        rows.flatMap((row) => [...row]),
        stored,
      ) < 1e-4,
    );
  });
});

function halfToFloat(half) {
  const magnitude = half & 0x7fff;
  const value =
    magnitude < 0x400 ? magnitude * 2 ** -24 : (1 + (magnitude & 0x3ff) / 1024) * 2 ** ((magnitude >> 10) - 15);
  return half & 0x8000 ? -value : value;
}
