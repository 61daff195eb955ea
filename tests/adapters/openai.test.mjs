// kinvec/adapters/openai: requests and answers in the shape of OpenAI's embeddings API.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createEmbedding } from "kinvec/adapters/openai";
import { failsWith, loadTested, modelFile } from "../js/helpers.mjs";
import { abortedAtWork, assertVectors, expectedVectors, longText, manyTexts, texts, watched } from "./shared.mjs";

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

describe("createEmbedding", () => {
  it("answers the model's own vectors, bit for bit, as OpenAI does", async () => {
    const { data, usage, ...rest } = await createEmbedding(model, { input: texts, model: "any" });
    assertVectors(
      data.map(({ embedding }) => embedding),
      await expectedVectors(model, texts),
    );
    data.forEach(({ embedding, ...item }, index) => {
      assert.deepEqual(item, { object: "embedding", index });
    });
    const tokens = (await model.embed(texts)).tokenCounts.reduce((sum, count) => sum + count, 0);
    assert.deepEqual(usage, { prompt_tokens: tokens, total_tokens: tokens });
    assert.deepEqual(rest, { object: "list", model: "all-MiniLM-L6-v2" });
  });

  it("takes one text", async () => {
    const { data } = await createEmbedding(model, { input: texts[1] });
    assertVectors([data[0].embedding], await expectedVectors(model, [texts[1]]));
  });

  it("answers base64 of little-endian 32-bit floats", async () => {
    const { data } = await createEmbedding(model, { input: texts, encoding_format: "base64" });
    const { vectors } = await model.embed(texts);
    for (const [i, { embedding }] of data.entries()) {
      const bytes = Buffer.from(embedding, "base64");
      assert.equal(bytes.length, 4 * 384);
      assert.deepEqual(
        Array.from({ length: 384 }, (_, at) => bytes.readFloatLE(4 * at)),
        Array.from(vectors[i]),
      );
    }
  });

  it("shortens vectors", async () => {
    const { data } = await createEmbedding(model, { input: "a fox", dimensions: 100, user: "someone" });
    assertVectors([data[0].embedding], await expectedVectors(model, ["a fox"], { dimensions: 100 }));
  });

  it("answers an empty list", async () => {
    const { data, usage } = await createEmbedding(model, { input: [] });
    assert.deepEqual([data, usage], [[], { prompt_tokens: 0, total_tokens: 0 }]);
  });

  it("leaves texts as they are, and tells the model their role", async () => {
    const { model: seen, calls } = watched(model);
    await createEmbedding(seen, { input: texts, input_type: "query" });
    assert.deepEqual(calls[0].texts, texts);
    assert.equal(calls[0].options.role, "query");
  });

  it("refuses token ids rather than guess what they stand for", async () => {
    for (const input of [[1, 2, 3], [[1, 2], [3]], [[]]]) {
      await failsWith("INVALID_ARGUMENT", () => createEmbedding(model, { input }), /token ids cannot be embedded/);
    }
  });

  it("refuses texts that are too long, or cuts them if told to", async () => {
    const input = ["short", longText];
    const error = await failsWith("TEXT_TOO_LONG", () => createEmbedding(model, { input }), /402 tokens/);
    assert.equal(error.at, 1);
    const { data, usage } = await createEmbedding(model, { input }, { truncation: "end" });
    assert.deepEqual(
      data.map(({ truncated }) => truncated),
      [undefined, true],
    );
    assert.equal(usage.total_tokens, 3 + 256);
  });

  it("refuses what is wrong, by name", async () => {
    for (const [request, pattern] of [
      [undefined, /^the request must be an object, not undefined/],
      [{}, /^input is missing/],
      [{ input: null }, /^input must be/],
      [{ input: 7 }, /^input must be a text or a list of texts, not number/],
      [{ input: ["a", null] }, /^input\[1\] must be a string, not null/],
      [{ input: "a", model: 7 }, /^model must be a string/],
      [{ input: "a", user: {} }, /^user must be a string/],
      [{ input: "a", dimensions: 385 }, /^dimensions must be an integer from 1 to 384/],
      [{ input: "a", dimensions: "12" }, /^dimensions must be a number/],
      [{ input: "a", encoding_format: "int8" }, /^encoding_format must be one of/],
      [{ input: "a", input_type: "passage" }, /^input_type must be one of/],
      [{ input: "a", dimension: 128 }, /^dimension is no field/],
    ]) {
      await failsWith("INVALID_ARGUMENT", () => createEmbedding(model, request), pattern);
    }
    await failsWith("INVALID_ARGUMENT", () => createEmbedding(undefined, { input: "a" }), /model must be/);
  });

  it("is cancelled while the engine works", async () => {
    const { model: seen, signal, reason } = abortedAtWork(model);
    const error = await failsWith("ABORTED", () => createEmbedding(seen, { input: manyTexts }, { signal }));
    assert.equal(error.cause, reason);
  });
});
