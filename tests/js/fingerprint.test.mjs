// Which model vectors are of: fingerprints of models and results, and indexes that refuse another model's.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { convert } from "kinvec/convert";
import { createIndex, loadIndex } from "kinvec/search";
import { binaryOption, failsWith, loadTested, modelFile } from "./helpers.mjs";
import { safetensors, tinyCheckpoint, tinyTensors, tinyTokenizer } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { dtype: "f32" });
const model = await loadTested(file);
const { fingerprint } = model.info();

async function fingerprintOf(source, options) {
  const other = await loadTested(source, options);
  const found = other.info().fingerprint;
  other.dispose();
  return found;
}

/** A checkpoint of the same shape with one weight changed. */
function otherWeights() {
  const tensors = tinyTensors();
  tensors["embeddings.LayerNorm.bias"][1][3] += 0.01;
  return tinyCheckpoint({ "model.safetensors": safetensors(tensors) });
}

describe("a model's fingerprint", () => {
  it("is one word, the same for the same model however it is loaded", async () => {
    assert.match(fingerprint, /^[0-9a-f]{16}-f32-mean-normalized$/);
    assert.equal(await fingerprintOf(file), fingerprint);
    assert.equal(await fingerprintOf(file, { binary: "simd128" }), fingerprint);
    assert.equal(await fingerprintOf(file, { workers: 1 }), fingerprint);
    assert.equal(await fingerprintOf(file, { verifyChecksum: false }), fingerprint);
    assert.equal(await fingerprintOf(new Blob([file]).stream()), fingerprint);
    // A name or a licence decides no vector.
    const named = await convert(tinyCheckpoint(), { dtype: "f32", name: "another name", license: "MIT" });
    assert.notDeepEqual(named, file);
    assert.equal(await fingerprintOf(named), fingerprint);
  });

  it("changes with all that decides a vector", async () => {
    const tokenizer = tinyTokenizer();
    tokenizer.normalizer.lowercase = false;
    const { vocab } = tokenizer.model;
    const swapped = { ...vocab, cat: vocab.dog, dog: vocab.cat };
    const checkpoints = {
      weights: otherWeights(),
      tokenizer: tinyCheckpoint({ "tokenizer.json": tokenizer }),
      vocabulary: tinyCheckpoint({
        "tokenizer.json": { ...tinyTokenizer(), model: { ...tokenizer.model, vocab: swapped } },
      }),
      prompts: tinyCheckpoint({ "config_sentence_transformers.json": { prompts: { query: "cat: " } } }),
      "longest text": tinyCheckpoint({ "sentence_bert_config.json": { max_seq_length: 9 } }),
    };
    const all = new Set([fingerprint]);
    for (const [what, checkpoint] of Object.entries(checkpoints)) {
      const other = await fingerprintOf(await convert(checkpoint, { dtype: "f32" }));
      assert.ok(!all.has(other), what);
      all.add(other);
    }
    for (const options of [{ dtype: "q8" }, { dtype: "q7" }, { pooling: "cls" }])
      all.add(await fingerprintOf(file, options));
    assert.equal(all.size, 1 + Object.keys(checkpoints).length + 3);
  });

  it("stands in each result, with its own scaling", async () => {
    assert.equal((await model.embed("cat")).fingerprint, fingerprint);
    assert.equal((await model.embed("cat", { role: "query" })).fingerprint, fingerprint);
    assert.equal((await model.embed("cat", { normalize: true })).fingerprint, fingerprint);
    const unscaled = (await model.embed("cat", { normalize: false })).fingerprint;
    assert.equal(unscaled, fingerprint.replace("normalized", "unscaled"));
    const pool = await loadTested(file, { workers: 2 });
    assert.equal((await pool.embed(["cat", "dog", "mat"])).fingerprint, fingerprint);
    pool.dispose();
  });
});

describe("an index of a model", () => {
  const texts = ["cat", "dog", "tea"];
  const create = (options) => createIndex({ ...binaryOption, ...options });

  it("has its width, and takes results as they are", async () => {
    const index = await create({ model });
    assert.deepEqual([index.dimensions, index.fingerprint], [32, fingerprint]);
    const result = await model.embed(texts);
    index.add(texts, result);
    index.add("one more", await model.embed("mat"));
    const query = await model.embed("dog");
    assert.equal(index.search(query, { topK: 1 })[0].id, "dog");
    assert.deepEqual(index.search(query), index.search(query.vectors[0]));
    assert.deepEqual(index.searchBatch(result), index.searchBatch(result.vectors));
    index.upsert(texts, await model.embed(["dog", "tea", "cat"]));
    assert.equal(index.search(query, { topK: 1 })[0].id, "cat");
    await failsWith("INVALID_ARGUMENT", () => index.search(result), /must hold one vector here, not 3/);
    await failsWith("INVALID_ARGUMENT", () => index.add("a", result), /1 ids but 3 vectors/);
    const short = await create({ model, dimensions: 16 });
    short.add(texts, await model.embed(texts, { dimensions: 16 }));
    await failsWith("DIMENSION_MISMATCH", () => short.search(query));
    await failsWith("INVALID_ARGUMENT", () => create({ model, dimensions: 33 }), /from 1 to 32/);
    await failsWith("INVALID_ARGUMENT", () => create({ model, fingerprint }), /cannot both/);
    await failsWith("INVALID_ARGUMENT", () => create({ model: file }), /must be a model, not Uint8Array/);
    await failsWith("INVALID_ARGUMENT", () => create({ dimensions: 3, fingerprint: "" }), /fingerprint/);
    await failsWith("INVALID_ARGUMENT", () => create({ fingerprint }), /dimensions is missing/);
  });

  it("refuses another model's vectors of the same width, and then holds none of them", async () => {
    const other = await loadTested(await convert(otherWeights(), { dtype: "f32" }));
    const index = await create({ model });
    index.add("cat", await model.embed("cat"));
    const strange = await other.embed("dog");
    const message = new RegExp(`are of model ${strange.fingerprint}, those of the index of ${fingerprint}`);
    await failsWith("MODEL_MISMATCH", () => index.add("dog", strange), message);
    await failsWith("MODEL_MISMATCH", () => index.upsert("cat", strange), message);
    await failsWith("MODEL_MISMATCH", () => index.search(strange), message);
    await failsWith("MODEL_MISMATCH", () => index.searchBatch(strange), message);
    const unscaled = await model.embed("dog", { normalize: false });
    await failsWith("MODEL_MISMATCH", () => index.add("dog", unscaled));
    assert.deepEqual(index.ids(), ["cat"]);
    other.dispose();
  });

  it("that is told of no model is of the first whose vectors fill it", async () => {
    const q7 = await loadTested(file, { dtype: "q7" });
    const index = await create({ dimensions: 32 });
    assert.equal(index.fingerprint, undefined);
    index.add(texts, await model.embed(texts));
    assert.equal(index.fingerprint, fingerprint);
    await failsWith("MODEL_MISMATCH", async () => index.add("mat", await q7.embed("mat")));
    index.clear();
    assert.equal(index.fingerprint, undefined);
    index.add("mat", await q7.embed("mat"));
    assert.equal(index.fingerprint, q7.info().fingerprint);
    const mixed = await create({ dimensions: 32 });
    mixed.add("plain", new Float32Array(32));
    mixed.add(texts, await model.embed(texts));
    assert.equal(mixed.fingerprint, undefined);
    q7.dispose();
  });

  it("is loaded for its model only", async () => {
    const index = await create({ model });
    index.add(texts, await model.embed(texts));
    const bytes = index.save();
    const loadFor = (options) => loadIndex(bytes, { ...binaryOption, ...options });
    assert.equal((await loadFor({})).fingerprint, fingerprint);
    assert.equal((await loadFor({ fingerprint })).fingerprint, fingerprint);
    const loaded = await loadFor({ model });
    assert.equal(loaded.search(await model.embed("tea"), { topK: 1 })[0].id, "tea");
    const real = await loadTested(modelFile);
    const q8 = await loadTested(file, { dtype: "q8" });
    for (const other of [real, q8]) {
      await failsWith(
        "MODEL_MISMATCH",
        () => loadFor({ model: other }),
        /the given bytes: .* of model [0-9a-f]{16}-f32-mean/,
      );
    }
    const plain = await create({ dimensions: 32 });
    const unknown = plain.save();
    await failsWith("MODEL_MISMATCH", () => loadIndex(unknown, { model, ...binaryOption }), /of an unknown model/);
    real.dispose();
    q8.dispose();
  });
});
