// kinvec/adapters/ai with the AI SDK: the current major version and those that follow earlier specifications.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { createEmbeddingModel } from "kinvec/adapters/ai";
import { failsWith, loadTested, modelFile } from "../js/helpers.mjs";
import { abortedAtWork, assertVectors, expectedVectors, longText, manyTexts, texts, watched } from "./shared.mjs";

globalThis.AI_SDK_LOG_WARNINGS = false;

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

const tokensOf = async (list) => (await model.embed(list)).tokenCounts.reduce((sum, count) => sum + count, 0);

for (const [version, sdk, specificationVersion] of [
  ["7", ai7, "v4"],
  ["6", ai6, "v3"],
  ["5", ai5, "v2"],
]) {
  describe(`the AI SDK ${version}, whose specification is ${specificationVersion}`, () => {
    const adapt = (source = model, options = {}) => createEmbeddingModel(source, { specificationVersion, ...options });

    it("gets the model's own vectors from embed and embedMany, bit for bit", async () => {
      const expected = await expectedVectors(model, texts);
      const { embeddings, usage, values } = await sdk.embedMany({ model: adapt(), values: texts });
      assertVectors(embeddings, expected);
      assert.deepEqual(values, texts);
      assert.equal(usage.tokens, await tokensOf(texts));
      for (const [i, value] of texts.entries()) {
        const { embedding } = await sdk.embed({ model: adapt(), value });
        assertVectors([embedding], [expected[i]]);
      }
    });

    it("compares them", async () => {
      const values = ["a cat is sleeping", "a kitten takes a nap", "interest rates rise"];
      const { embeddings } = await sdk.embedMany({ model: adapt(), values });
      assert.ok(sdk.cosineSimilarity(embeddings[0], embeddings[1]) > 0.5);
      assert.ok(sdk.cosineSimilarity(embeddings[0], embeddings[2]) < 0.2);
    });

    it("hands its abort signal to the engine, which stops at work", async () => {
      const { model: seen, signal: abortSignal, reason, calls } = abortedAtWork(model);
      const many = sdk.embedMany({ model: adapt(seen), values: manyTexts, abortSignal });
      const error = await failsWith("ABORTED", () => many);
      assert.equal(error.cause, reason);
      assert.equal(calls.length, 1);
      assert.equal(calls[0].options.signal, abortSignal);
      const { embedding } = await sdk.embed({ model: adapt(), value: "still here" });
      assert.equal(embedding.length, 384);
    });

    it("answers an empty list", async () => {
      const { embeddings, usage } = await sdk.embedMany({ model: adapt(), values: [] });
      assert.deepEqual(embeddings, []);
      assert.equal(usage.tokens, 0);
    });

    it("takes the model's options for one call", async () => {
      const { model: seen, calls } = watched(model);
      const providerOptions = { kinvec: { role: "query", dimensions: 64 } };
      const { embedding } = await sdk.embed({
        model: adapt(seen, { role: "document" }),
        value: "a fox",
        providerOptions,
      });
      assertVectors([embedding], await expectedVectors(model, ["a fox"], { dimensions: 64 }));
      await sdk.embed({ model: adapt(seen, { role: "document" }), value: "a fox" });
      assert.deepEqual(
        calls.map(({ options }) => options.role),
        ["query", "document"],
      );
    });

    it("tells of texts that were cut", async () => {
      const { providerMetadata, warnings, usage } = await sdk.embedMany({
        model: adapt(),
        values: ["short", longText],
      });
      assert.deepEqual(providerMetadata.kinvec.truncated, [1]);
      assert.equal(usage.tokens, 3 + 256);
      if (specificationVersion !== "v2") {
        assert.deepEqual(warnings, [{ type: "other", message: "texts that were cut at 256 tokens: 1" }]);
      }
    });

    it("passes the package's errors on, without another try", async () => {
      const { model: seen, calls } = watched(model);
      const strict = adapt(seen, { truncation: "error" });
      const error = await failsWith("TEXT_TOO_LONG", () => sdk.embedMany({ model: strict, values: ["a", longText] }));
      assert.equal(error.at, 1);
      assert.equal(calls.length, 1);
      const providerOptions = { kinvec: { dimensions: 0 } };
      await failsWith(
        "INVALID_ARGUMENT",
        () => sdk.embed({ model: adapt(), value: "a", providerOptions }),
        /dimensions/,
      );
    });
  });
}

describe("an embedding model for the AI SDK", () => {
  it("says what it is", () => {
    const { doEmbed, ...rest } = createEmbeddingModel(model);
    assert.equal(typeof doEmbed, "function");
    assert.deepEqual(rest, {
      specificationVersion: "v4",
      provider: "kinvec",
      modelId: "all-MiniLM-L6-v2",
      maxEmbeddingsPerCall: Number.POSITIVE_INFINITY,
      supportsParallelCalls: false,
    });
  });

  it("takes the dimensions of a call", async () => {
    const { embedding } = await ai7.embed({ model: createEmbeddingModel(model), value: "a fox", dimensions: 128 });
    assertVectors([embedding], await expectedVectors(model, ["a fox"], { dimensions: 128 }));
    const tooMany = ai7.embed({ model: createEmbeddingModel(model), value: "a fox", dimensions: 1000 });
    await failsWith("INVALID_ARGUMENT", () => tooMany, /dimensions must be an integer from 1 to 384/);
  });

  it("is cancelled by a signal of its own as well", async () => {
    const { model: seen, signal } = abortedAtWork(model);
    await failsWith("ABORTED", () => createEmbeddingModel(seen, { signal }).doEmbed({ values: manyTexts }));
  });

  it("refuses what is wrong, by name", async () => {
    for (const [options, pattern] of [
      [{ specificationVersion: "v1" }, /specificationVersion must be one of "v2", "v3", "v4"/],
      [{ role: "answer" }, /options\.role/],
      [[], /options must be an object, not array/],
    ]) {
      await failsWith("INVALID_ARGUMENT", () => createEmbeddingModel(model, options), pattern);
    }
    await failsWith("INVALID_ARGUMENT", () => createEmbeddingModel({}), /model must be/);
    const call = { values: ["a"], providerOptions: { kinvec: { role: "answer" } } };
    await failsWith("INVALID_ARGUMENT", () => createEmbeddingModel(model).doEmbed(call), /role/);
  });
});
