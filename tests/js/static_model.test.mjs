// Static sentence models: folders of model2vec as it publishes them, and what distill() makes of a transformer.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { load, similarity } from "kinvec";
import { convert, distill } from "kinvec/convert";
import { hashInBatches } from "../common/same_bits.mjs";
import { assertSameBits, binaryOption, failsWith, loadTested, norm, root } from "./helpers.mjs";
import { safetensors, tiny, tinyCheckpoint, tinyTokenizer, vocabulary } from "./tiny_checkpoint.mjs";

const golden = path.join(root, "tests/golden/model2vec");
const { texts, models, distilled } = JSON.parse(readFileSync(path.join(golden, "reference.json"), "utf8"));
const distillTested = (source, options) => distill(source, { ...binaryOption, ...options });

/** A model2vec folder of the tiny vocabulary. */
function tinyFolder(tensors, config = {}) {
  return {
    "config.json": JSON.stringify({ model_type: "model2vec", normalize: true, ...config }),
    "tokenizer.json": JSON.stringify(tinyTokenizer()),
    "model.safetensors": safetensors(tensors),
  };
}

const values = (count) => Float32Array.from({ length: count }, (_, i) => Math.sin(i) + 0.1);
const table = (width) => [[vocabulary.length, width], values(vocabulary.length * width)];

async function embed(source, given, options) {
  const model = await loadTested(source, options);
  const { vectors } = await model.embed(given);
  model.dispose();
  return vectors;
}

describe("a folder of model2vec", () => {
  for (const [name, { vectors: expected }] of Object.entries(models)) {
    it(`gives model2vec's own vectors: ${name}`, async () => {
      const exact = await embed(path.join(golden, name), texts, { dtype: "f32" });
      const small = await embed(path.join(golden, name), texts);
      for (const [i, vector] of exact.entries()) {
        const size = Math.max(1, norm(expected[i]));
        // Half precision is model2vec's own: it averages and rounds in it.
        const most = (name === "float16" ? 2e-3 : 1e-5) * size;
        for (const [d, value] of vector.entries()) assert.ok(Math.abs(value - expected[i][d]) < most, `${i}, ${d}`);
        if (norm(expected[i]) > 0) assert.ok(similarity(small[i], expected[i]) > 0.999);
      }
    });
  }

  it("of sentence-transformers is read as well, from the folder its modules name", async () => {
    const plain = tinyFolder({ embeddings: table(8) });
    const folder = {
      "modules.json": JSON.stringify([
        { idx: 0, name: "0", path: "0_StaticEmbedding", type: "sentence_transformers.models.StaticEmbedding" },
        { idx: 1, name: "1", path: "1_Normalize", type: "sentence_transformers.models.Normalize" },
      ]),
      "0_StaticEmbedding/tokenizer.json": plain["tokenizer.json"],
      "0_StaticEmbedding/model.safetensors": safetensors({ "embedding.weight": table(8) }),
    };
    assert.deepEqual(await embed(folder, "the cat"), await embed(plain, "the cat"));
  });

  it("that is damaged is refused, and so is a type that is not read", async () => {
    const count = vocabulary.length;
    const cases = [
      [{ other: table(8) }, /no tensor embeddings/],
      [{ embeddings: [[count * 8], values(count * 8)] }, /not that of a table/],
      [{ embeddings: [[4, 8], values(32)] }, /vocabulary/],
      [{ embeddings: table(8), weights: [[3], values(3)] }, /weights has shape \[3\]/],
      [{ embeddings: table(8), mapping: [[count], values(count).fill(count)] }, /mapping gives token 0 row/],
    ];
    for (const [tensors, pattern] of cases) await failsWith("MODEL_FORMAT", () => load(tinyFolder(tensors)), pattern);
  });
});

describe("a static model", () => {
  const folder = tinyFolder({ embeddings: table(32) });
  const given = ["the cat sat", "", "a dog", "the cat \u20ac sat", "tea ".repeat(700)];

  it("has the same vectors alone, in any batch and in both binaries, and leaves unknown tokens out", async () => {
    for (const dtype of ["q8", "q4"]) {
      const file = await convert(folder, { ...binaryOption, dtype });
      const vectors = await embed(file, given);
      assertSameBits(vectors[3], vectors[0]);
      assert.equal(norm(vectors[1]), 0);
      assertSameBits((await embed(file, given[2]))[0], vectors[2]);
      const many = await embed(
        file,
        Array.from({ length: 3000 }, (_, i) => given[i % 3]),
      );
      assertSameBits(many[2999], vectors[2]);
      const model = await load(file, { binary: "simd128" });
      assertSameBits((await model.embed(given)).vectors[4], vectors[4]);
      assert.equal(model.info().selfChecked, true);
      model.dispose();
    }
  });

  it("says what it is: no layers, a limit of 512 tokens, cut texts told", async () => {
    const model = await loadTested(folder);
    const { architecture, layers, heads, dimensions, maxTokens, pooling } = model.info();
    assert.deepEqual([architecture, layers, heads, dimensions, maxTokens, pooling], ["static", 0, 0, 32, 512, "mean"]);
    assert.deepEqual((await model.embed(given)).truncated, [false, false, false, false, true]);
    model.dispose();
  });

  it("gives vectors of tokens and refuses to show attention", async () => {
    const model = await loadTested(folder);
    const { tokens, vectors } = await model.embedTokens("the cat");
    assert.deepEqual(tokens, ["the", "cat"]);
    const [mean] = (await model.embed("the cat", { normalize: false })).vectors;
    for (const [d, value] of mean.entries()) {
      assert.ok(Math.abs(value - (vectors[0][d] + vectors[1][d]) / 2) < 1e-6);
    }
    await failsWith("INVALID_ARGUMENT", () => model.attention("the cat"), /static/);
    assert.deepEqual((await model.tokenize("the cat")).tokens, ["the", "cat"]);
    model.dispose();
    await failsWith("INVALID_ARGUMENT", () => load(folder, { pooling: "cls" }), /mean/);
  });
});

describe("the static models of this project", () => {
  const hashes = JSON.parse(readFileSync(path.join(root, "tests/golden/static.json"), "utf8"));
  const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));
  const mostBytes = { "all-MiniLM-L6-v2-static": 4e6, "all-MiniLM-L6-v2-static-small": 1e6 };

  for (const [name, hash] of Object.entries(hashes)) {
    it(`are small, and give the same vectors everywhere: ${name}`, async () => {
      const file = path.join(root, "models", `${name}.q4.gguf`);
      assert.ok(statSync(file).size <= mostBytes[name]);
      const model = await loadTested(file);
      const { selfChecked, license, source } = model.info();
      assert.deepEqual([selfChecked, license], [true, "apache-2.0"]);
      assert.match(source, /sentence-transformers/);
      assert.equal(await hashInBatches(model, sentences), hash);
      const { vectors } = await model.embed([
        "a dog runs in the park",
        "the puppy is running outside",
        "interest rates rose",
      ]);
      assert.ok(similarity(vectors[0], vectors[1]) > similarity(vectors[0], vectors[2]) + 0.2);
      model.dispose();
    });
  }
});

describe("distill", () => {
  const sentences = Array.from({ length: 400 }, (_, i) => {
    const pick = (k, list) => list[Math.floor(i / k) % list.length];
    return `${pick(1, ["the", "a"])} ${pick(2, ["cat", "dog", "mat", "tea"])} ${pick(8, ["sat on", "ran", "wanted"])} the ${pick(24, ["mat", "bank", "run", "tea !", "quay"])}`;
  });

  it("follows model2vec's recipe: its similarities of texts are the reference's", async () => {
    const file = await distillTested(path.join(root, "tests/golden/tiny-bert"), { dimensions: distilled.dimensions });
    const vectors = await embed(file, texts);
    for (let a = 0; a < texts.length; a++) {
      for (let b = 0; b < a; b++) {
        const cosine = vectors[a].reduce((sum, value, d) => sum + value * vectors[b][d], 0);
        assert.ok(Math.abs(cosine - distilled.cosines[a][b]) < 0.03, `${a}, ${b}: ${cosine}`);
      }
    }
  });

  it("makes a file that checks itself, says where it comes from, and is the same each time", async () => {
    const teacher = await convert(tinyCheckpoint(), {
      ...binaryOption,
      license: "mit",
      sourceUrl: "https://a.example/",
    });
    const file = await distillTested(teacher, { name: "small", dtype: "q4" });
    assert.deepEqual(await distillTested(teacher, { name: "small", dtype: "q4" }), file);
    const model = await loadTested(file);
    const { name, license, source, selfChecked, dimensions, checksum } = model.info();
    assert.deepEqual([name, license, source, selfChecked], ["small", "mit", "https://a.example/", true]);
    assert.equal(dimensions, tiny.hidden);
    assert.match(checksum, /^xxh64:[0-9a-f]{16}$/);
    model.dispose();
  });

  it("with texts comes much nearer to the teacher's similarities", async () => {
    const teacher = await convert(tinyCheckpoint(), binaryOption);
    const wanted = await embed(teacher, sentences.slice(0, 60));
    const error = async (options) => {
      const vectors = await embed(
        await distillTested(teacher, { texts: sentences, ...options }),
        sentences.slice(0, 60),
      );
      let sum = 0;
      for (let i = 1; i < vectors.length; i++) {
        sum += (similarity(vectors[i], vectors[i - 1]) - similarity(wanted[i], wanted[i - 1])) ** 2;
      }
      return sum;
    };
    assert.ok((await error({})) < 0.2 * (await error({ fit: false })));
  });

  it("cuts the vocabulary to texts, and words still fall apart into what is left", async () => {
    const file = await distillTested(tinyCheckpoint(), { texts: sentences, vocabularySize: 36 });
    const model = await loadTested(file);
    assert.equal(model.info().vocabSize, 36);
    const pieces = new Set();
    for (const text of new Set(sentences)) for (const token of (await model.tokenize(text)).tokens) pieces.add(token);
    assert.ok(!pieces.has("[UNK]"));
    assert.ok(pieces.has("the") && pieces.has("##u"));
    model.dispose();
  });

  it("tells how far it is, and stops when told to", async () => {
    const shares = [];
    await distillTested(tinyCheckpoint(), { texts: sentences, onProgress: ({ fraction }) => shares.push(fraction) });
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
    const controller = new AbortController();
    const stopped = distillTested(tinyCheckpoint(), {
      signal: controller.signal,
      onProgress: ({ fraction }) => fraction > 0.5 && controller.abort(),
    });
    await failsWith("ABORTED", () => stopped);
  });

  it("refuses options that make no sense, and models that it cannot distil", async () => {
    const wrong = [
      { dtype: "q8-q4" },
      { dimensions: 0 },
      { dimensions: tiny.hidden + 1 },
      { vocabularySize: 30 },
      { texts: [] },
      { texts: "the cat" },
      { texts: ["the cat", 1] },
      { fit: 1, texts: sentences },
      { sif: -1 },
    ];
    for (const options of wrong) await failsWith("INVALID_ARGUMENT", () => distillTested(tinyCheckpoint(), options));
    await failsWith("UNSUPPORTED_DTYPE", () => distillTested(tinyCheckpoint(), { dtype: "q4", dimensions: 20 }));
    const small = await distillTested(tinyCheckpoint());
    await failsWith("UNSUPPORTED_ARCHITECTURE", () => distillTested(small), /static/);
    const levels = { ...tinyTokenizer(), pre_tokenizer: { type: "Whitespace" } };
    const other = tinyCheckpoint({ "tokenizer.json": levels });
    await failsWith("UNSUPPORTED_TOKENIZER", () => distillTested(other), /BERT/);
  });
});
