// model.embed and its neighbours: what comes back, and that it is what it claims to be.

import assert from "node:assert/strict";
import { after, before, describe, it, mock } from "node:test";
import { load, similarity } from "kinvec";
import { assertSameBits, failsWith, loadTested, norm } from "./helpers.mjs";
import { tiny, tinyCheckpoint, vocabulary } from "./tiny_checkpoint.mjs";

describe("a model of 8-bit weights", () => {
  let model;
  before(async () => {
    model = await loadTested(tinyCheckpoint());
  });
  after(() => model.dispose());

  it("gives one unit vector for one text", async () => {
    const { vectors, dimensions, tokenCounts, truncated } = await model.embed("the cat sat");
    assert.equal(vectors.length, 1);
    assert.ok(vectors[0] instanceof Float32Array);
    assert.equal(vectors[0].length, tiny.hidden);
    assert.equal(dimensions, tiny.hidden);
    assert.ok(Math.abs(norm(vectors[0]) - 1) < 1e-5);
    assert.deepEqual(tokenCounts, [5]);
    assert.deepEqual(truncated, [false]);
  });

  it("gives an empty result for an empty list", async () => {
    assert.deepEqual(await model.embed([]), {
      vectors: [],
      tokenCounts: [],
      truncated: [],
      chunks: [],
      dimensions: tiny.hidden,
      fingerprint: model.info().fingerprint,
    });
  });

  it("gives a text the same bits alone, in a batch and in reverse", async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `the dog ran on ${i} `.repeat(1 + (i % 4)));
    const together = (await model.embed(texts)).vectors;
    const reversed = (await model.embed(texts.toReversed())).vectors.toReversed();
    for (const [i, text] of texts.entries()) {
      assertSameBits((await model.embed(text)).vectors[0], together[i], text);
      assertSameBits(reversed[i], together[i], text);
    }
  });

  it("gives texts without content the vector of the special tokens, never NaN", async () => {
    const { vectors, tokenCounts } = await model.embed(["", " ", "\n\t", "\u00A0\u3000", "\u200B"]);
    assert.deepEqual(tokenCounts, [2, 2, 2, 2, 2]);
    for (const vector of vectors) assertSameBits(vector, vectors[0]);
    assert.ok(Math.abs(norm(vectors[0]) - 1) < 1e-5);
  });

  it("reads a lone surrogate as U+FFFD", async () => {
    for (const broken of ["\uD800", "\uD800a", "\uDC00\uD83D", "\u{1F600}".slice(0, 1)]) {
      const mended = broken.toWellFormed
        ? broken.toWellFormed()
        : new TextDecoder().decode(new TextEncoder().encode(broken));
      assertSameBits((await model.embed(broken)).vectors[0], (await model.embed(mended)).vectors[0]);
    }
  });

  it("cuts long texts, says so, and counts the tokens of the whole", async () => {
    const { tokenCounts, truncated, vectors } = await model.embed([
      "cat ".repeat(14),
      "cat ".repeat(15),
      "cat ".repeat(5000),
    ]);
    assert.deepEqual(tokenCounts, [16, 17, 5002]);
    assert.deepEqual(truncated, [false, true, true]);
    assertSameBits(vectors[1], vectors[0], "the closing token is kept");
  });

  it("takes texts of just its length whole, and counts its special tokens", async () => {
    const counts = [13, 14, 15, 16, 500];
    const { tokenCounts, truncated } = await model.embed(counts.map((count) => "cat ".repeat(count)));
    assert.deepEqual(tokenCounts, [15, 16, 17, 18, 502]);
    assert.deepEqual(truncated, [false, false, true, true, true]);
  });

  it("rejects long texts on request and names the first", async () => {
    const texts = ["cat", "cat ".repeat(40), "cat ".repeat(50)];
    const error = await failsWith("TEXT_TOO_LONG", () => model.embed(texts, { truncation: "error" }), /42 tokens/);
    assert.equal(error.at, 1);
    assert.equal((await model.embed(texts.slice(0, 1), { truncation: "error" })).vectors.length, 1);
  });

  it("takes long texts in overlapping parts on request, and gives the mean of their vectors", async () => {
    const words = Array.from({ length: 40 }, (_, i) => ["cat", "dog", "sat", "the"][(i * i) % 4]);
    // Of 16 tokens two are special; each part begins with the last word of the one before.
    const parts = [words.slice(0, 14), words.slice(13, 27), words.slice(26, 40)];
    const alone = await model.embed(
      parts.map((part) => part.join(" ")),
      { normalize: false },
    );
    const sum = alone.vectors[0].map((_, d) => alone.vectors.reduce((total, vector) => total + 16 * vector[d], 0));
    const result = await model.embed(["cat", words.join(" "), "dog"], { truncation: "chunk" });
    assert.deepEqual(result.chunks, [1, 3, 1]);
    assert.deepEqual(result.tokenCounts, [3, 42, 3]);
    assert.deepEqual(result.truncated, [false, false, false]);
    assert.ok(similarity(result.vectors[1], sum) > 0.999999);
    assert.ok(Math.abs(norm(result.vectors[1]) - 1) < 1e-5);
    const short = await model.embed(["cat", "dog"]);
    assertSameBits(result.vectors[0], short.vectors[0]);
    assertSameBits(result.vectors[2], short.vectors[1]);
  });

  it("gives a text in parts the same bits alone and in any batch", async () => {
    const texts = Array.from({ length: 30 }, (_, i) => "the cat sat ".repeat(i * i));
    const together = await model.embed(texts, { truncation: "chunk" });
    assert.deepEqual(
      together.chunks,
      together.tokenCounts.map((count) => (count <= 16 ? 1 : Math.ceil((count - 3) / 13))),
    );
    for (const [i, text] of texts.entries()) {
      assertSameBits((await model.embed(text, { truncation: "chunk" })).vectors[0], together.vectors[i]);
    }
  });

  it("puts the model's prompt before a query and nothing before a document", async () => {
    const [query] = (await model.embed("sat", { role: "query" })).vectors;
    assertSameBits(query, (await model.embed("dog: sat")).vectors[0]);
    assertSameBits((await model.embed("sat", { role: "document" })).vectors[0], (await model.embed("sat")).vectors[0]);
    assert.deepEqual(model.info().prompts, { query: "dog: " });
  });

  it("shortens vectors to unit length and warns, once, of a model that was not made for it", async () => {
    const warn = mock.method(console, "warn", () => {});
    const [whole] = (await model.embed("the cat")).vectors;
    const { vectors, dimensions } = await model.embed("the cat", { dimensions: 8 });
    await model.embed("the cat", { dimensions: 4 });
    warn.mock.restore();
    assert.equal(warn.mock.callCount(), 1);
    assert.equal(dimensions, 8);
    assert.equal(vectors[0].length, 8);
    assert.ok(Math.abs(norm(vectors[0]) - 1) < 1e-5);
    assert.ok(similarity(vectors[0], whole.slice(0, 8)) > 0.999999);
  });

  it("leaves vectors unscaled on request", async () => {
    const [plain] = (await model.embed("the cat", { normalize: false })).vectors;
    const [unit] = (await model.embed("the cat")).vectors;
    assert.ok(Math.abs(norm(plain) - 1) > 1e-3);
    assert.ok(similarity(plain, unit) > 0.999999);
  });

  it("reports progress text by text, ending with all of them", async () => {
    const steps = [];
    const texts = Array.from({ length: 300 }, () => "the cat sat on the mat !");
    await model.embed(texts, { onProgress: (step) => steps.push(step) });
    assert.deepEqual(steps.at(-1), { done: 300, total: 300 });
    assert.ok(steps.length > 1);
    assert.ok(steps.every(({ done }, i) => i === 0 || done > steps[i - 1].done));
  });

  it("embeds more texts than fit in one batch, in order", async () => {
    const texts = Array.from({ length: 2100 }, (_, i) => `${i}`);
    const { vectors } = await model.embed(texts);
    assert.equal(vectors.length, 2100);
    for (const i of [0, 1023, 1024, 2099]) assertSameBits(vectors[i], (await model.embed(`${i}`)).vectors[0]);
  });

  it("gives vectors that can be transferred alone", async () => {
    const { vectors } = await model.embed(["cat", "dog"]);
    assert.equal(vectors[0].buffer.byteLength, 4 * tiny.hidden);
  });

  it("describes itself", () => {
    const info = model.info();
    assert.equal(info.architecture, "bert");
    assert.equal(info.dtype, "q8");
    assert.equal(info.pooling, "mean");
    assert.equal(info.normalize, true);
    assert.equal(info.layers, tiny.layers);
    assert.equal(info.heads, tiny.heads);
    assert.equal(info.hiddenSize, tiny.hidden);
    assert.equal(info.intermediateSize, tiny.intermediate);
    assert.equal(info.vocabSize, vocabulary.length);
    assert.equal(info.maxTokens, tiny.maxTokens);
    assert.equal(info.maxPositions, tiny.positions);
    assert.match(info.checksum, /^xxh64:[0-9a-f]{16}$/);
    assert.ok(info.memoryBytes > info.weightBytes + info.arenaBytes);
    assert.equal(info.probe.split("-")[0], info.binary);
    assert.equal("probeVector" in info, false);
  });

  it("agrees closely with the same model in f32", async () => {
    const exact = await loadTested(tinyCheckpoint(), { dtype: "f32" });
    assert.equal(exact.info().dtype, "f32");
    const texts = ["the cat sat on the mat", "a dog ran", "unwanted tea !"];
    const quantized = (await model.embed(texts)).vectors;
    for (const [i, vector] of (await exact.embed(texts)).vectors.entries()) {
      assert.ok(similarity(vector, quantized[i]) > 0.99);
    }
    exact.dispose();
  });
});

describe("pooling", () => {
  const withPooling = (flag) => {
    const flags = { pooling_mode_cls_token: false, pooling_mode_mean_tokens: false, pooling_mode_lasttoken: false };
    return tinyCheckpoint({ "1_Pooling/config.json": { ...flags, [flag]: true } });
  };

  it("is the model's own: mean, first or last token", async () => {
    for (const [flag, pooling] of [
      ["pooling_mode_mean_tokens", "mean"],
      ["pooling_mode_cls_token", "cls"],
      ["pooling_mode_lasttoken", "last"],
    ]) {
      const model = await loadTested(withPooling(flag));
      assert.equal(model.info().pooling, pooling);
      const { vectors } = await model.embedTokens("the cat sat");
      const mean = vectors[0].map((_, d) => vectors.reduce((sum, row) => sum + row[d], 0) / vectors.length);
      const expected = { mean, cls: vectors[0], last: vectors.at(-1) }[pooling];
      assert.ok(similarity((await model.embed("the cat sat")).vectors[0], expected) > 0.99999, pooling);
      model.dispose();
    }
  });

  it("is refused where the model states none, unless it is given", async () => {
    const unstated = tinyCheckpoint({ "modules.json": undefined, "1_Pooling/config.json": undefined });
    await failsWith("POOLING_UNKNOWN", () => load(unstated), /pooling/);
    const model = await loadTested(unstated, { pooling: "cls" });
    assert.equal(model.info().pooling, "cls");
    model.dispose();
  });
});

describe("similarity", () => {
  it("is the cosine, for any numeric kinds", () => {
    assert.equal(similarity([1, 0], [0, 1]), 0);
    assert.ok(Math.abs(similarity([1, 0], Float32Array.of(1, 1)) - Math.SQRT1_2) < 1e-7);
    assert.equal(similarity(Int8Array.of(127, 0), Float32Array.of(1, 0)), 1);
    assert.equal(similarity(Int8Array.of(3, 4), Int8Array.of(-3, -4)), -1);
  });

  it("with a zero vector is 0, never NaN", () => {
    assert.equal(similarity([0, 0], [1, 2]), 0);
    assert.equal(similarity(new Float32Array(2), new Float32Array(2)), 0);
  });

  it("refuses vectors of different lengths and what is no vector", async () => {
    await failsWith("DIMENSION_MISMATCH", () => similarity([1, 2], [1, 2, 3]), /2 and 3/);
    await failsWith("INVALID_ARGUMENT", () => similarity([1, "2"], [1, 2]), /\ba\b/);
    await failsWith("INVALID_ARGUMENT", () => similarity([1, 2], null), /b must be .* not null/);
    await failsWith("INVALID_ARGUMENT", () => similarity([1, 2], BigInt64Array.of(1n, 2n)), /BigInt64Array/);
  });
});
