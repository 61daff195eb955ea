// kinvec/convert: what is written can be loaded, says what it is, and means the same.

import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { similarity } from "kinvec";
import { CALIBRATION_SENTENCES, convert } from "kinvec/convert";
import { assertSameBits, binaryOption, failsWith, loadTested, root } from "./helpers.mjs";
import { safetensors, tiny, tinyCheckpoint, tinyTensors, tinyTokenizer, vocabulary } from "./tiny_checkpoint.mjs";

const texts = ["the cat sat on the mat", "a dog ran", "unwanted tea !", "0 1 2 3"];
const convertTested = (source, options) => convert(source, { ...binaryOption, ...options });

async function embedAll(source, options) {
  const model = await loadTested(source, options);
  const { vectors } = await model.embed(texts);
  const info = model.info();
  model.dispose();
  return { vectors, info };
}

function assertClose(actual, expected, least) {
  for (const [i, vector] of actual.entries()) {
    const score = similarity(vector, expected[i]);
    assert.ok(score >= least, `text ${i}: ${score}`);
  }
}

const exact = (await embedAll(tinyCheckpoint(), { dtype: "f32" })).vectors;

describe("a converted file", () => {
  it("in q8 checks itself while loading and is close to f32", async () => {
    const { vectors, info } = await embedAll(await convertTested(tinyCheckpoint()));
    assert.equal(info.selfChecked, true);
    assert.equal(info.dtype, "q8");
    assertClose(vectors, exact, 0.998);
  });

  it("in 4 bits, wholly or in part, checks itself as well and is near f32", async () => {
    const sizes = [];
    for (const dtype of ["q8", "q8-q4", "q4"]) {
      const file = await convertTested(tinyCheckpoint(), { dtype });
      const { vectors, info } = await embedAll(file);
      assert.equal(info.selfChecked, true);
      assert.equal(info.dtype, "q8");
      assertClose(vectors, exact, dtype === "q4" ? 0.9 : 0.98);
      sizes.push(file.length);
    }
    assert.ok(sizes[0] > sizes[1] && sizes[1] > sizes[2], `${sizes}`);
  });

  it("in f32 gives exactly what the checkpoint gives", async () => {
    const { vectors, info } = await embedAll(await convertTested(tinyCheckpoint(), { dtype: "f32" }));
    assert.equal(info.dtype, "f32");
    for (const [i, vector] of vectors.entries()) assertSameBits(vector, exact[i]);
  });

  it("is converted from f32 as from the checkpoint", async () => {
    const plain = await convertTested(tinyCheckpoint(), { dtype: "f32" });
    const fromFile = await embedAll(await convertTested(plain));
    const fromFolder = await embedAll(await convertTested(tinyCheckpoint()));
    for (const [i, vector] of fromFile.vectors.entries()) assertSameBits(vector, fromFolder.vectors[i]);
    assert.deepEqual(fromFile.info, fromFolder.info);
  });

  it("is the same each time", async () => {
    assert.deepEqual(await convertTested(tinyCheckpoint()), await convertTested(tinyCheckpoint()));
  });

  it("records name, licence, source and sizes", async () => {
    const details = {
      name: "tiny",
      license: "mit",
      licenseLink: "https://a.example/l",
      sourceUrl: "https://a.example/m",
    };
    const { info } = await embedAll(await convertTested(tinyCheckpoint(), { ...details, matryoshka: [8, 16] }));
    assert.equal(info.name, "tiny");
    assert.equal(info.license, "mit");
    assert.equal(info.source, "https://a.example/m");
    assert.deepEqual(info.matryoshka, [8, 16]);
  });

  it("takes the licence from the model card where none is given", async () => {
    const readme = new TextEncoder().encode("---\ntags:\n- cats\nlicense: apache-2.0\n---\n# Tiny\n");
    const { info } = await embedAll(await convertTested(tinyCheckpoint({ "README.md": readme }), { dtype: "f32" }));
    assert.equal(info.license, "apache-2.0");
  });

  it("starts its tensors on multiples of 64", async () => {
    const bytes = await convertTested(tinyCheckpoint(), { dtype: "f32" });
    assert.equal(String.fromCharCode(...bytes.subarray(0, 4)), "GGUF");
    assert.equal(new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true), 3);
    assert.equal(bytes.length % 64, 0);
  });

  it("pools as it is told where the checkpoint does not say, and then has a vector to check", async () => {
    const unstated = tinyCheckpoint({ "modules.json": undefined, "1_Pooling/config.json": undefined });
    await failsWith("POOLING_UNKNOWN", async () => loadTested(await convertTested(unstated)));
    const { info } = await embedAll(await convertTested(unstated, { pooling: "last" }));
    assert.equal(info.pooling, "last");
    assert.equal(info.selfChecked, true);
  });

  it("that does not reproduce its own vector is refused", async () => {
    const bytes = await convertTested(tinyCheckpoint());
    const key = Buffer.from(bytes.buffer).indexOf("kinvec.probe.vector");
    const firstNumber = key + "kinvec.probe.vector".length + 4 + 4 + 8; // after type, element type and count
    bytes[firstNumber] ^= 1;
    await failsWith("PROBE_FAILED", () => loadTested(bytes), /does not give the vector stored in it/);
  });

  it("with damaged weights is refused by its checksum, else by its vector", async () => {
    const bytes = await convertTested(tinyCheckpoint());
    bytes[bytes.length - 200] ^= 0x40;
    await failsWith("MODEL_HASH", () => loadTested(bytes), /damaged/);
    await failsWith("PROBE_FAILED", () => loadTested(bytes, { verifyChecksum: false }));
  });

  it("is not converted again", async () => {
    for (const dtype of ["q8", "q8-q4", "q4"]) {
      const bytes = await convertTested(tinyCheckpoint(), { dtype });
      await failsWith("UNSUPPORTED_DTYPE", () => convertTested(bytes), /original/);
    }
  });
});

describe("calibration", () => {
  it("has some hundred sentences, all different", () => {
    assert.ok(CALIBRATION_SENTENCES.length >= 100);
    assert.equal(new Set(CALIBRATION_SENTENCES).size, CALIBRATION_SENTENCES.length);
  });

  it("keeps a model with one wild channel close to f32", async () => {
    const tensors = tinyTensors();
    for (let layer = 0; layer < tiny.layers; layer++) {
      tensors[`encoder.layer.${layer}.attention.output.LayerNorm.weight`][1][5] = 30;
    }
    const wild = tinyCheckpoint({ "model.safetensors": safetensors(tensors) });
    const reference = (await embedAll(wild, { dtype: "f32" })).vectors;
    const mean = async (options) => {
      const { vectors } = await embedAll(await convertTested(wild, options));
      return vectors.reduce((sum, vector, i) => sum + similarity(vector, reference[i]), 0) / vectors.length;
    };
    const without = await mean({ calibration: false });
    const withIt = await mean({ calibration: ["the cat sat on the mat", "a dog ran on tea", "running !"] });
    assert.ok(withIt > without, `${withIt} against ${without}`);
    assert.ok(withIt > 0.99);
  });

  it("can be asked for while loading", async () => {
    const calibrated = await embedAll(tinyCheckpoint(), { calibration: CALIBRATION_SENTENCES });
    const converted = await embedAll(await convertTested(tinyCheckpoint()));
    for (const [i, vector] of calibrated.vectors.entries()) assertSameBits(vector, converted.vectors[i]);
  });
});

describe("a checkpoint", () => {
  it("may hold half-precision weights", async () => {
    for (const dtype of ["F16", "BF16"]) {
      const half = tinyCheckpoint({ "model.safetensors": safetensors(tinyTensors(), dtype) });
      assertClose((await embedAll(half, { dtype: "f32" })).vectors, exact, 0.999);
    }
  });

  it("may have other names for its tensors, and tensors of no use here", async () => {
    const renamed = Object.entries(tinyTensors()).map(([name, tensor]) => [
      `bert.${name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")}`,
      tensor,
    ]);
    const tensors = { ...Object.fromEntries(renamed), "cls.predictions.bias": [[3], new Float32Array(3)] };
    const { vectors } = await embedAll(tinyCheckpoint({ "model.safetensors": safetensors(tensors) }), { dtype: "f32" });
    for (const [i, vector] of vectors.entries()) assertSameBits(vector, exact[i]);
  });

  it("may keep its transformer in a folder", async () => {
    const files = tinyCheckpoint();
    const modules = JSON.parse(files["modules.json"]);
    modules[0].path = "0_Transformer";
    for (const name of ["config.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json"]) {
      files[`0_Transformer/${name}`] = files[name];
      delete files[name];
    }
    files["modules.json"] = JSON.stringify(modules);
    const { vectors } = await embedAll(files, { dtype: "f32" });
    for (const [i, vector] of vectors.entries()) assertSameBits(vector, exact[i]);
  });

  it("has the longest input that sentence-transformers states, else the tokenizer's, within its positions", async () => {
    const longest = async (changes) => {
      const model = await loadTested(tinyCheckpoint(changes));
      const { maxTokens } = model.info();
      model.dispose();
      return maxTokens;
    };
    const none = { "sentence_bert_config.json": undefined };
    const untruncated = { ...none, "tokenizer.json": { ...tinyTokenizer(), truncation: null } };
    assert.equal(await longest({}), tiny.maxTokens);
    assert.equal(await longest({ ...none, "tokenizer_config.json": { model_max_length: 12 } }), 12);
    assert.equal(await longest({ ...none, "tokenizer_config.json": { model_max_length: 1e30 } }), 8);
    assert.equal(await longest(none), 8);
    assert.equal(await longest(untruncated), tiny.positions);
    assert.equal(await longest({ "sentence_bert_config.json": { max_seq_length: 5000 } }), tiny.positions);
  });

  it("lower-cases as its tokenizer configuration says", async () => {
    const cased = tinyCheckpoint({ "tokenizer_config.json": { do_lower_case: false, strip_accents: null } });
    const model = await loadTested(cased);
    assert.deepEqual((await model.tokenize("the THE")).tokens, ["[CLS]", "the", "[UNK]", "[SEP]"]);
    model.dispose();
  });

  it("may have more rows than tokens", async () => {
    const tensors = tinyTensors();
    const [[rows, columns], values] = tensors["embeddings.word_embeddings.weight"];
    const padded = new Float32Array((rows + 3) * columns);
    padded.set(values);
    tensors["embeddings.word_embeddings.weight"] = [[rows + 3, columns], padded];
    const files = tinyCheckpoint({ "model.safetensors": safetensors(tensors) });
    files["config.json"] = JSON.stringify({ ...JSON.parse(files["config.json"]), vocab_size: rows + 3 });
    const { vectors, info } = await embedAll(files, { dtype: "f32" });
    assert.equal(info.vocabSize, vocabulary.length + 3);
    for (const [i, vector] of vectors.entries()) assertSameBits(vector, exact[i]);
  });
});

describe("a file in llama.cpp's layout", () => {
  const reference = (type) => path.join(root, `tests/golden/tiny-bert.reference/gguf/${type}.gguf`);

  for (const type of ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"]) {
    it(`of type ${type} means the same after conversion to f32`, async () => {
      const direct = await embedAll(reference(type), { dtype: "f32" });
      const converted = await embedAll(await convertTested(reference(type), { dtype: "f32" }));
      for (const [i, vector] of converted.vectors.entries()) assertSameBits(vector, direct.vectors[i]);
    });
  }

  it("is near after conversion to q8 and q4", async () => {
    const direct = await embedAll(reference("F32"));
    for (const [dtype, least] of [
      ["q8", 0.998],
      ["q4", 0.9],
    ]) {
      const { vectors, info } = await embedAll(await convertTested(reference("F32"), { dtype }));
      assert.equal(info.selfChecked, true);
      assertClose(vectors, direct.vectors, least);
    }
  });
});

describe("conversion", () => {
  it("reports its progress up to 1 and can be cancelled", async () => {
    const fractions = [];
    await convertTested(tinyCheckpoint(), { onProgress: ({ fraction }) => fractions.push(fraction) });
    assert.equal(fractions.at(-1), 1);
    assert.ok(fractions.every((fraction, i) => i === 0 || fraction >= fractions[i - 1]));
    const controller = new AbortController();
    const onProgress = ({ fraction }) => fraction > 0.5 && controller.abort();
    await failsWith("ABORTED", () => convertTested(tinyCheckpoint(), { signal: controller.signal, onProgress }));
  });

  it("refuses options it does not know", async () => {
    await failsWith("INVALID_ARGUMENT", () => convert(tinyCheckpoint(), { dtype: "q5" }), /dtype/);
    await failsWith("INVALID_ARGUMENT", () => convert(tinyCheckpoint(), { pooling: "max" }), /pooling/);
    await failsWith("INVALID_ARGUMENT", () => convert(tinyCheckpoint(), { calibration: [1] }), /calibration/);
  });
});
