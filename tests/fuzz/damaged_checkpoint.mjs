// Makes a damaged checkpoint folder of any bytes, the same of the same. Bytes are read as orders to change a valid tiny
// folder: value by value, so that most of them get past the first check. No bytes, no damage.

import { readFileSync } from "node:fs";
import { bpeJson, unigramJson, wordpieceJson } from "../js/small_tokenizers.mjs";
import {
  safetensors,
  safetensorsOf,
  takeApart,
  tinyCheckpoint,
  tinyTensors,
  tinyTokenizer,
} from "../js/tiny_checkpoint.mjs";

const kMostDamages = 8;
const kWeights = "model.safetensors";
/** Where most is to be read, and so to be damaged. */
const kBusyFiles = ["config.json", "tokenizer.json", kWeights];

/** The words of the input, one after the other; zeros when they have run out. */
class Orders {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get left() {
    return this.#bytes.length - this.#at;
  }

  byte() {
    return this.#bytes[this.#at++] ?? 0;
  }

  /** A whole number in [0, count). */
  below(count) {
    const value = count <= 256 ? this.byte() : this.byte() | (this.byte() << 8) | (this.byte() << 16);
    return count > 0 ? value % count : 0;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  text() {
    return String.fromCharCode(...Array.from({ length: this.below(8) }, () => this.byte()));
  }
}

/** Text that JSON.stringify does not write, or not without running out of stack. */
const rawTexts = [
  "1e999",
  "-1e999",
  "-0",
  "NaN",
  '{"__proto__":1}',
  '{"a":1,"a":2}',
  "[".repeat(20) + "]".repeat(20),
  "[".repeat(20000) + "]".repeat(20000),
  `${'{"a":'.repeat(20000)}0${"}".repeat(20000)}`,
];

/** What stands for a raw text until the file is written. */
const markOf = (index) => `\0raw ${index}`;

/** Values of every type, at the ends of what each takes. */
const oddValues = {
  number: [
    ...[0, -1, 1, 0.5, 2, 3, 255, 256, 65536, 2 ** 20, 2 ** 24, 2 ** 24 + 1, 2 ** 31, 2 ** 32 + 1, 2 ** 53],
    ...[1e308, -1e-308, 1e39, ...[0, 1, 2, 3].map(markOf)],
  ],
  string: ["", "0", "length", "__proto__", "constructor", "[PAD]", "\ud800", "\0", "../config.json", "a".repeat(70000)],
  object: [[], {}, [0], [null], ["length"], [[0, 1]], Array(200000).fill(0), ...[4, 5, 6, 7, 8].map(markOf)],
  other: [null, true, false, 0, "", []],
};

/** A value of the kind that stood there, or of any other. */
function oddValue(orders, value) {
  const kind = orders.below(2) === 0 ? typeof value : orders.of(Object.keys(oddValues));
  return structuredClone(orders.of(oddValues[kind] ?? oddValues.other));
}

/** Names that the files know, so that orders can bring in what the tiny folder leaves out. */
const knownNames = [
  ...["model_type", "hidden_act", "is_decoder", "add_cross_attention", "pooling_mode_cls_token", "include_prompt"],
  ...["do_lower_case", "strip_accents", "model_max_length", "pad_token", "mask_token", "truncation", "decoder"],
  ...["normalizers", "pretokenizers", "processors", "decoders", "type", "vocab", "merges", "content", "ids", "id"],
  ...["max_length", "stride", "direction", "pattern", "precompiled_charsmap", "prompts", "passage", "path", "sep"],
  ...["README.md", "pytorch_model.bin", "model.safetensors.index.json", "__metadata__", "__proto__", "toString"],
  ...["embeddings.LayerNorm.gamma", "bert.embeddings.LayerNorm.weight"],
];

/** Stages and models of other tokenizers, to be put in the place of one. */
const otherParts = [
  () => bpeJson().model,
  () => unigramJson().model,
  () => wordpieceJson().model,
  () => bpeJson().pre_tokenizer,
  () => unigramJson().pre_tokenizer,
  () => tinyTokenizer().post_processor,
  () => ({ type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] }),
  () => ({ type: "Sequence", normalizers: [{ type: "Lowercase" }, { type: "Replace", pattern: { Regex: "a+" } }] }),
  () => ({ type: "Split", pattern: { String: "a" }, behavior: "Isolated", invert: false }),
];

/** Walks down from `root`; answers an object or list, and one of its keys. */
function choosePlace(orders, root) {
  let holder = root;
  for (;;) {
    const keys = Object.keys(holder);
    const key = orders.of(keys);
    const value = key === undefined ? undefined : holder[key];
    if (typeof value !== "object" || value === null || orders.below(4) === 3) return { holder, key, keys };
    holder = value;
  }
}

/** One of the files that matter most, as long as it is an object, or all of them. */
function chooseFile(orders, files, any) {
  const file = any ? undefined : files[orders.of(kBusyFiles)];
  return typeof file === "object" && file !== null ? file : files;
}

/** As an own property, whatever the name. */
function put(holder, key, value) {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Changes one value of a JSON file. */
function damageJson(orders, root) {
  const { holder, key, keys } = choosePlace(orders, root);
  if (key === undefined) return put(holder, Array.isArray(holder) ? 0 : orders.of(knownNames), oddValue(orders));
  const value = holder[key];
  switch (orders.below(12)) {
    case 0:
      return delete holder[key];
    case 1:
      return put(holder, orders.of(knownNames), value);
    case 2:
      return put(holder, orders.of(knownNames), oddValue(orders));
    case 3:
      return put(holder, key, structuredClone(holder[orders.of(keys)]));
    case 4:
      return put(holder, key, [value]);
    case 5:
      return put(holder, key, orders.of(otherParts)());
    case 6:
      if (typeof value === "number") return put(holder, key, value + orders.below(5) - 2);
      return put(holder, key, typeof value === "string" ? value + orders.text() : orders.text());
    default:
      return put(holder, key, oddValue(orders, value));
  }
}

const oddFloats = [Number.NaN, Number.POSITIVE_INFINITY, -3.4e38, 1e-42, -0, 1e10, 127.5];

/** Changes values of a tensor: one of them, a stretch or all. */
function damageValues(orders, tensors) {
  const name = orders.of(Object.keys(tensors));
  const [shape, values] = tensors[name];
  const start = orders.below(values.length);
  const count = orders.of([1, 1, 40, values.length]);
  tensors[name] = [shape, values.slice().fill(orders.of(oddFloats), start, start + count)];
}

/** Changes bytes, or where they end. */
function damageBytes(orders, bytes) {
  const at = orders.below(bytes.length);
  switch (orders.below(4)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return new Uint8Array(Buffer.concat([bytes, bytes.subarray(at)]));
    case 2:
      bytes.fill(orders.byte(), at, at + orders.of([1, 2, 4, 8]));
      return bytes;
    default:
      if (at < bytes.length) bytes[at] ^= 1 << orders.below(8);
      return bytes;
  }
}

// Made once: they take longer than all else.
const wholeTensors = tinyTensors();
const wholeWeights = Object.fromEntries(
  ["F32", "F16", "BF16"].map((storage) => [storage, safetensors(wholeTensors, storage)]),
);

function stringify(value) {
  if (typeof value === "string") return value;
  return JSON.stringify(value).replace(/"\\u0000raw (\d+)"/g, (_, index) => rawTexts[index]);
}

/** A transformer, with its tensors, where the orders say which kind. */
function tinyTransformer(orders) {
  const dtype = orders.of(["q8", "q8", "f32", "q4", "q8-q4"]);
  const storage = orders.of(["F32", "F32", "F16", "BF16"]);
  const tokenizer = orders.of([tinyTokenizer, tinyTokenizer, wordpieceJson, bpeJson, unigramJson])();
  const texts = tinyCheckpoint({ "tokenizer.json": tokenizer, "tokenizer_config.json": {}, [kWeights]: undefined });
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
  return { dtype, files, weights: wholeWeights[storage], tensors: { ...wholeTensors }, storage };
}

const staticFolders = ["float32", "float16", "int8", "mapping"].map((name) =>
  Object.fromEntries(
    ["config.json", "modules.json", "tokenizer.json", kWeights].map((file) => {
      const bytes = readFileSync(new URL(`../golden/model2vec/${name}/${file}`, import.meta.url));
      return [file, bytes];
    }),
  ),
);

/** A static model as model2vec publishes them. Of its tensors only bytes are damaged. */
function tinyStaticModel(orders) {
  const dtype = orders.of(["q8", "f32", "q4"]);
  const { [kWeights]: weights, ...texts } = orders.of(staticFolders);
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
  return { dtype, files, weights };
}

/** The folder as `convert` takes it, and the options. `kind` is "transformer" or "static". */
export function damagedCheckpoint(bytes, kind = "transformer") {
  const orders = new Orders(bytes);
  const { dtype, files, weights, tensors, storage } = (kind === "static" ? tinyStaticModel : tinyTransformer)(orders);
  files["README.md"] = "---\nlicense: mit\n---\n";
  files[kWeights] = takeApart(weights).header;

  let valuesDamaged = false;
  let cuts = 0; // of files, when they are written
  for (let i = 0; i < kMostDamages && orders.left > 0; i++) {
    const damage = orders.below(8);
    if (damage === 0 && tensors) {
      damageValues(orders, tensors);
      valuesDamaged = true;
    } else if (damage <= 1) cuts++;
    else damageJson(orders, chooseFile(orders, files, damage < 5));
  }

  const folder = {};
  for (const [name, value] of Object.entries(files)) put(folder, name, new TextEncoder().encode(stringify(value)));
  if (kWeights in folder) {
    const whole = valuesDamaged ? safetensors(tensors, storage) : weights;
    folder[kWeights] = safetensorsOf(stringify(files[kWeights]), whole.subarray(takeApart(whole).dataStart));
  }
  for (; cuts > 0; cuts--) {
    const name = orders.of(Object.keys(folder));
    if (name !== undefined) put(folder, name, damageBytes(orders, folder[name]));
  }
  return { folder, options: { dtype } };
}
