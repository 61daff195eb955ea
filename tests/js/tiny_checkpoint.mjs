// A Hugging Face checkpoint folder small enough to be made in memory: random weights from a fixed seed, real files.
// Tests change single entries of it to see what the importer makes of them.

/** Sizes of the encoder. */
export const tiny = { layers: 2, heads: 2, hidden: 32, intermediate: 64, positions: 24, maxTokens: 16 };

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const words = [
  "the",
  "a",
  "cat",
  "dog",
  "sat",
  "ran",
  "on",
  "mat",
  "tea",
  "un",
  "##want",
  "##ed",
  "##ing",
  "runn",
  "!",
];
const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789.,?"];
const continuations = [..."abcdefghijklmnopqrstuvwxyz0123456789"].map((letter) => `##${letter}`);
export const vocabulary = [...new Set([...special, ...words, ...letters, ...continuations])];

/** Values that look random and are the same on every machine. */
function randomValues(count, scale, seed) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * scale;
  });
}

/** Name to [shape, values] of every tensor, as the checkpoint names them. */
export function tinyTensors({ hidden, intermediate, positions, layers } = tiny) {
  const tensors = {};
  let seed = 1;
  const add = (name, shape, scale, offset = 0) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = randomValues(count, scale, seed++).map((value) => value + offset);
    tensors[name] = [shape, values];
  };
  const linear = (name, out, input) => {
    add(`${name}.weight`, [out, input], 0.5);
    add(`${name}.bias`, [out], 0.1);
  };
  const layerNorm = (name) => {
    add(`${name}.weight`, [hidden], 0.2, 1);
    add(`${name}.bias`, [hidden], 0.1);
  };
  add("embeddings.word_embeddings.weight", [vocabulary.length, hidden], 2);
  add("embeddings.position_embeddings.weight", [positions, hidden], 0.5);
  add("embeddings.token_type_embeddings.weight", [2, hidden], 0.5);
  layerNorm("embeddings.LayerNorm");
  for (let layer = 0; layer < layers; layer++) {
    const block = `encoder.layer.${layer}`;
    for (const part of ["query", "key", "value"]) linear(`${block}.attention.self.${part}`, hidden, hidden);
    linear(`${block}.attention.output.dense`, hidden, hidden);
    layerNorm(`${block}.attention.output.LayerNorm`);
    linear(`${block}.intermediate.dense`, intermediate, hidden);
    linear(`${block}.output.dense`, hidden, intermediate);
    layerNorm(`${block}.output.LayerNorm`);
  }
  return tensors;
}

const encoders = {
  F32: (values) => new Uint8Array(values.slice().buffer),
  // Rounds toward zero: exact for what the decoder is compared with.
  BF16: (values) =>
    new Uint8Array(Uint16Array.from(new Uint32Array(values.slice().buffer), (bits) => bits >>> 16).buffer),
  F16: (values) => new Uint8Array(Uint16Array.from(values, floatToHalf).buffer),
};

/** Half precision by truncation; subnormals become zero. */
function floatToHalf(value) {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  const sign = (bits >>> 16) & 0x8000;
  if (exponent <= 0) return sign;
  return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

/** A safetensors file of the tensors. */
export function safetensors(tensors, dtype = "F32") {
  const header = { __metadata__: { format: "pt" } };
  const parts = [];
  let offset = 0;
  for (const [name, [shape, values]] of Object.entries(tensors)) {
    const bytes = encoders[dtype](values);
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  }
  return safetensorsOf(JSON.stringify(header), ...parts);
}

/** A safetensors file of a header text and data. */
export function safetensorsOf(header, ...parts) {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return new Uint8Array(Buffer.concat([length, text, ...parts]));
}

/** The parsed header of a safetensors file, and where its data starts. */
export function takeApart(file) {
  const dataStart = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  return { header: JSON.parse(new TextDecoder().decode(file.subarray(8, dataStart))), dataStart };
}

export function tinyTokenizer() {
  return {
    version: "1.0",
    truncation: { max_length: 8, strategy: "LongestFirst", stride: 0 },
    padding: null,
    added_tokens: special.map((content) => ({
      id: vocabulary.indexOf(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
      ],
      pair: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
        { Sequence: { id: "B", type_id: 1 } },
        { SpecialToken: { id: "[SEP]", type_id: 1 } },
      ],
      special_tokens: {
        "[CLS]": { id: "[CLS]", ids: [vocabulary.indexOf("[CLS]")], tokens: ["[CLS]"] },
        "[SEP]": { id: "[SEP]", ids: [vocabulary.indexOf("[SEP]")], tokens: ["[SEP]"] },
      },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}

export function tinyConfig() {
  return {
    architectures: ["BertModel"],
    model_type: "bert",
    hidden_act: "gelu",
    hidden_size: tiny.hidden,
    intermediate_size: tiny.intermediate,
    layer_norm_eps: 1e-12,
    max_position_embeddings: tiny.positions,
    num_attention_heads: tiny.heads,
    num_hidden_layers: tiny.layers,
    position_embedding_type: "absolute",
    type_vocab_size: 2,
    vocab_size: vocabulary.length,
  };
}

/**
 * The folder, by file name. `changes` replaces parsed JSON files, or the bytes of the weights; undefined removes one.
 * @returns {Record<string, string | Uint8Array>}
 */
export function tinyCheckpoint(changes = {}) {
  const files = {
    "config.json": tinyConfig(),
    "tokenizer.json": tinyTokenizer(),
    "model.safetensors": safetensors(tinyTensors()),
    "modules.json": ["Transformer", "Pooling", "Normalize"].map((kind, idx) => ({
      idx,
      name: `${idx}`,
      path: idx === 0 ? "" : `${idx}_${kind}`,
      type: `sentence_transformers.models.${kind}`,
    })),
    "1_Pooling/config.json": {
      word_embedding_dimension: tiny.hidden,
      pooling_mode_cls_token: false,
      pooling_mode_mean_tokens: true,
      pooling_mode_max_tokens: false,
    },
    "sentence_bert_config.json": { max_seq_length: tiny.maxTokens, do_lower_case: false },
    "config_sentence_transformers.json": { prompts: { query: "dog: ", document: "" } },
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(files)
      .filter(([, contents]) => contents !== undefined)
      .map(([name, contents]) => [name, contents instanceof Uint8Array ? contents : JSON.stringify(contents)]),
  );
}
