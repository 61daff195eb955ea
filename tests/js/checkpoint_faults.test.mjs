// Checkpoints that are damaged or of another kind: refused by code, and by name.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "kinvec";
import { convert } from "kinvec/convert";
import { failsWith, loadTested } from "./helpers.mjs";
import {
  safetensors,
  safetensorsOf,
  takeApart,
  tiny,
  tinyCheckpoint,
  tinyConfig,
  tinyTensors,
  tinyTokenizer,
} from "./tiny_checkpoint.mjs";

const refuses = (code, changes, pattern) => failsWith(code, () => load(tinyCheckpoint(changes)), pattern);

describe("an encoder of another kind is refused, naming", () => {
  for (const [name, change] of Object.entries({
    distilbert: { model_type: "distilbert" },
    gelu_new: { hidden_act: "gelu_new" },
    relative_key: { position_embedding_type: "relative_key" },
    is_decoder: { is_decoder: true },
    add_cross_attention: { add_cross_attention: true },
  })) {
    it(name, () =>
      refuses("UNSUPPORTED_ARCHITECTURE", { "config.json": { ...tinyConfig(), ...change } }, new RegExp(name)),
    );
  }

  it("a module after the encoder", () =>
    refuses(
      "UNSUPPORTED_ARCHITECTURE",
      { "modules.json": [{ idx: 0, path: "2_Dense", type: "sentence_transformers.models.Dense" }] },
      /models\.Dense/,
    ));

  it("its pooling", async () => {
    const pooling = (settings) => ({ "1_Pooling/config.json": settings });
    await refuses("UNSUPPORTED_ARCHITECTURE", pooling({ pooling_mode_max_tokens: true }), /pooling_mode_max_tokens/);
    await refuses("UNSUPPORTED_ARCHITECTURE", pooling({ pooling_mode_mean_tokens: false }), /no pooling/);
    await refuses(
      "UNSUPPORTED_ARCHITECTURE",
      pooling({ pooling_mode_mean_tokens: true, pooling_mode_cls_token: true }),
      /mean_tokens with pooling_mode_cls_token/,
    );
    await refuses(
      "UNSUPPORTED_ARCHITECTURE",
      pooling({ pooling_mode_mean_tokens: true, include_prompt: false }),
      /without the prompt/,
    );
  });
});

describe("a tokenizer that is not known is refused, naming", () => {
  const tokenizer = (change) => ({ "tokenizer.json": { ...tinyTokenizer(), ...change } });
  const model = tinyTokenizer().model;
  const template = (single) => tokenizer({ post_processor: { ...tinyTokenizer().post_processor, single } });

  for (const [name, changes, pattern] of [
    ["its model", tokenizer({ model: { ...model, type: "Morphemes" } }), /model of type "Morphemes"/],
    ["its normalizer", tokenizer({ normalizer: { type: "Rot13" } }), /normalizers\.0 \(Rot13\)/],
    ["its pre-tokenizer", tokenizer({ pre_tokenizer: { type: "Rot13" } }), /pre_tokenizers\.0 \(Rot13\)/],
    ["its post-processor", tokenizer({ post_processor: { type: "Rot13" } }), /post_processors\.0 \(Rot13\)/],
    ["a type of token", template([{ Sequence: { id: "A", type_id: 1 } }]), /type_id/],
  ]) {
    it(name, () => refuses("UNSUPPORTED_TOKENIZER", changes, pattern));
  }

  it("nothing when the template is BERT's older form or missing", async () => {
    const bert = { type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] };
    const tokens = async (changes) => {
      const loaded = await loadTested(tinyCheckpoint(changes));
      return (await loaded.tokenize("cat")).tokens;
    };
    assert.deepEqual(await tokens(tokenizer({ post_processor: bert })), ["[CLS]", "cat", "[SEP]"]);
    assert.deepEqual(await tokens(tokenizer({ post_processor: null })), ["cat"]);
  });
});

describe("a damaged folder is refused", () => {
  it("for a file that is missing", async () => {
    for (const name of ["config.json", "tokenizer.json", "model.safetensors"]) {
      await refuses("MODEL_FORMAT", { [name]: undefined }, new RegExp(name));
    }
    await failsWith("MODEL_FORMAT", () => load({}), /config\.json/);
    const pickled = { "model.safetensors": undefined, "pytorch_model.bin": new Uint8Array(9) };
    await refuses("MODEL_FORMAT", pickled, /pytorch_model\.bin/);
    const sharded = { "model.safetensors": undefined, "model.safetensors.index.json": {} };
    await refuses("MODEL_FORMAT", sharded, /split/);
  });

  it("for a file that is no JSON, or JSON of another shape", async () => {
    const html = new TextEncoder().encode("<!doctype html>");
    for (const name of ["config.json", "tokenizer.json", "modules.json", "1_Pooling/config.json"]) {
      await refuses("MODEL_FORMAT", { [name]: html }, new RegExp(`${name}.*not valid JSON`));
      await refuses("MODEL_FORMAT", { [name]: 7 }, new RegExp(name));
    }
    await refuses("MODEL_FORMAT", { "config.json": [] }, /config\.json must be an object, not array/);
  });

  it("for a setting of the wrong kind or size", async () => {
    const config = (change) => ({ "config.json": { ...tinyConfig(), ...change } });
    await refuses("MODEL_FORMAT", config({ hidden_size: "32" }), /"hidden_size" must be a number, not string/);
    await refuses("MODEL_FORMAT", config({ hidden_size: 0 }), /"hidden_size" must be an integer from 1/);
    await refuses("MODEL_FORMAT", config({ num_hidden_layers: 1e9 }), /"num_hidden_layers"/);
    await refuses("MODEL_FORMAT", config({ num_hidden_layers: 1.5 }), /"num_hidden_layers"/);
    await refuses("MODEL_FORMAT", config({ num_attention_heads: 5 }), /heads/);
    await refuses("MODEL_FORMAT", config({ vocab_size: 10 }), /shape \[94,32\].*\[10,32\]/);
    await refuses("MODEL_FORMAT", config({ num_hidden_layers: 3 }), /no tensor encoder|no tensor blk\.2/);
    await refuses("MODEL_FORMAT", config({ intermediate_size: 128 }), /shape \[64.*\[128/);
    await refuses("MODEL_FORMAT", { "sentence_bert_config.json": { max_seq_length: -1 } }, /max_seq_length/);
  });

  it("for a vocabulary with faults", async () => {
    const { model, ...rest } = tinyTokenizer();
    const vocab = (change) => ({
      "tokenizer.json": { ...rest, model: { ...model, vocab: { ...model.vocab, ...change } } },
    });
    await refuses("MODEL_FORMAT", vocab({ cat: 8 }), /shares id 8/);
    await refuses("MODEL_FORMAT", vocab({ cat: 1000 }), /some ids have no token/);
    await refuses("MODEL_FORMAT", vocab({ cat: -1 }), /"cat" must be an integer/);
    const tensors = tinyTensors();
    const words = tensors["embeddings.word_embeddings.weight"];
    const table = { ...tensors, "embeddings.word_embeddings.weight": [[10, 32], words[1].slice(0, 320)] };
    const fewRows = { "config.json": { ...tinyConfig(), vocab_size: 10 }, "model.safetensors": safetensors(table) };
    await refuses("MODEL_FORMAT", fewRows, /94 tokens.* 10/);
    await refuses("MODEL_FORMAT", { "tokenizer.json": { ...rest, model: { ...model, unk_token: "[X]" } } }, /"\[X\]"/);
  });
});

describe("damaged weights are refused", () => {
  const weights = (bytes) => ({ "model.safetensors": bytes });
  const whole = safetensors(tinyTensors());
  const entry = (change) => JSON.stringify({ x: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...change } });

  it("for an absurd header length, with the byte offset", async () => {
    const bytes = whole.slice();
    bytes[7] = 0x7f;
    const error = await refuses("MODEL_FORMAT", weights(bytes), /header of \d+ bytes/);
    assert.equal(error.at, 0);
    await refuses("MODEL_FORMAT", weights(new Uint8Array(5)), /too short/);
    await refuses("MODEL_FORMAT", weights(new Uint8Array(8)), /damaged header/);
  });

  it("for a damaged header", async () => {
    for (const header of ["", "{", "[]", "null", "7"]) {
      const error = await refuses("MODEL_FORMAT", weights(safetensorsOf(header)), /damaged header/);
      assert.equal(error.at, 8);
    }
    await refuses("MODEL_FORMAT", weights(safetensorsOf('{"x":1}')), /x must be an object/);
    const bytes = whole.slice();
    bytes[20] = 0xff; // not UTF-8
    await refuses("MODEL_FORMAT", weights(bytes), /damaged header/);
  });

  it("for offsets outside the file or that do not fit the shape", async () => {
    const data = new Uint8Array(8);
    for (const data_offsets of [[0, 9], [4, 0], [0], [0, 8, 8], [-4, 4], [0.5, 8], [0, 1e300], "0 8", null]) {
      await refuses("MODEL_FORMAT", weights(safetensorsOf(entry({ data_offsets }), data)));
    }
    for (const shape of [[3], [2, 2], [1e200, 1e200], [-2], "2", [2 ** 53, 2 ** 53]]) {
      await refuses("MODEL_FORMAT", weights(safetensorsOf(entry({ shape }), data)));
    }
  });

  it("for a type that is not a float, naming the tensor", async () => {
    const { dataStart, header } = takeApart(whole);
    header["embeddings.word_embeddings.weight"].dtype = "I32";
    const bytes = safetensorsOf(JSON.stringify(header), whole.subarray(dataStart));
    await refuses("UNSUPPORTED_DTYPE", weights(bytes), /word_embeddings\.weight has type I32/);
  });

  it("wherever the file is cut", async () => {
    for (const share of [0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.999]) {
      await refuses("MODEL_FORMAT", weights(whole.slice(0, Math.floor(share * whole.length))));
    }
    await refuses("MODEL_FORMAT", weights(whole.slice(0, -1)));
  });
});

describe("what fuzzing has found is refused", () => {
  const json = (name, value, mark, text) => ({
    [name]: new TextEncoder().encode(JSON.stringify(value).replace(JSON.stringify(mark), text)),
  });
  const depth = 20000;
  const nested = "[".repeat(depth) + "]".repeat(depth);
  const tokenizer = (change) => ({ ...tinyTokenizer(), ...change });

  it("sizes that no memory holds, before anything of that size is made", async () => {
    const most = 2 ** 24;
    for (const change of [
      { hidden_size: most, num_attention_heads: 1 },
      { num_hidden_layers: 1024, intermediate_size: most },
      { vocab_size: most },
      { max_position_embeddings: most },
    ]) {
      await refuses("MODEL_FORMAT", { "config.json": { ...tinyConfig(), ...change } }, /has shape|has no tensor/);
    }
    // Of a type that is not known, a few bytes may be any number of values.
    const { header } = takeApart(safetensors(tinyTensors()));
    delete header.__metadata__;
    for (const entry of Object.values(header)) {
      const shape = entry.shape.map((size) => (size === tiny.hidden ? most : size));
      Object.assign(entry, { dtype: "F4", shape, data_offsets: [0, 0] });
    }
    const folder = {
      "config.json": { ...tinyConfig(), hidden_size: most, num_attention_heads: 1 },
      "model.safetensors": safetensorsOf(JSON.stringify(header)),
    };
    await refuses("UNSUPPORTED_DTYPE", folder, /has type F4/);
  });

  it("as many layers as a GGUF file has no tensors for", async () => {
    const file = await convert(tinyCheckpoint(), { dtype: "f32", calibration: false });
    const key = "bert.block_count";
    const at = Buffer.from(file.buffer).indexOf(key) + key.length + 4; // behind the type
    const view = new DataView(file.buffer);
    assert.equal(view.getUint32(at, true), tiny.layers);
    for (const [layers, pattern] of [
      [2 ** 32 - 1, /block_count is 4294967295/],
      [1024, /no tensor blk\.2/],
    ]) {
      view.setUint32(at, layers, true);
      await failsWith("MODEL_FORMAT", () => convert(file, { calibration: false }), pattern);
    }
  });

  it("a type of tensor that is the name of a method", async () => {
    const whole = safetensors(tinyTensors());
    const { dataStart, header } = takeApart(whole);
    for (const dtype of ["constructor", "toString", "__proto__"]) {
      header["embeddings.word_embeddings.weight"].dtype = dtype;
      const bytes = safetensorsOf(JSON.stringify(header), whole.subarray(dataStart));
      await refuses("UNSUPPORTED_DTYPE", { "model.safetensors": bytes }, new RegExp(`has type ${dtype}`));
    }
  });

  it("lists in lists, more than the stack has room for, where a message names the value", async () => {
    await refuses(
      "UNSUPPORTED_ARCHITECTURE",
      json("config.json", { ...tinyConfig(), hidden_act: "?" }, "?", nested),
      /hidden_act array/,
    );
    const { model } = tinyTokenizer();
    for (const change of [
      { normalizer: { type: "?" } },
      { pre_tokenizer: { type: "?" } },
      { post_processor: { type: "?" } },
      { normalizer: null, model: { ...model, vocab: { a: "?" } } },
      { normalizer: null, model: { type: "BPE", vocab: { a: 0 }, merges: [["?", "a"]] } },
    ]) {
      await refuses("MODEL_FORMAT", json("tokenizer.json", tokenizer(change), "?", nested), /array/);
    }
  });

  it("special tokens by names of methods, or more of them than a call takes", async () => {
    const withIds = (ids) => {
      const file = tinyTokenizer();
      file.post_processor.special_tokens["[CLS]"].ids = ids;
      return { "tokenizer.json": file };
    };
    for (const id of ["length", "map", "2", [2], -1, 1.5]) {
      await refuses("MODEL_FORMAT", withIds([id]), /"\[CLS\]" stands for no tokens/);
    }
    await refuses("MODEL_FORMAT", withIds(Array(300000).fill(2)), /fewer positions/);
  });

  it("weights that are not finite, by the tensor's name and the byte offset, and those that make vectors so", async () => {
    const name = "encoder.layer.0.output.dense.weight";
    for (const dtype of ["q8", "f32"]) {
      for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
        const tensors = tinyTensors();
        tensors[name][1][5] = value;
        const bytes = safetensors(tensors);
        const { dataStart, header } = takeApart(bytes);
        const folder = tinyCheckpoint({ "model.safetensors": bytes });
        const error = await failsWith("MODEL_FORMAT", () => convert(folder, { dtype, calibration: false }), /layer\.0/);
        assert.equal(error.at, dataStart + header[name].data_offsets[0] + 4 * 5);
      }
    }
    const tensors = tinyTensors();
    tensors["embeddings.word_embeddings.weight"][1].fill(3e38);
    const folder = tinyCheckpoint({ "model.safetensors": safetensors(tensors) });
    await failsWith("MODEL_FORMAT", () => convert(folder, { calibration: false }), /vectors are not finite/);
  });
});
