// A Hugging Face checkpoint folder of the BERT family as a Checkpoint. What is not supported is refused by name.
import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { readText } from "../source/random_access.ts";
import { type Checkpoint, checkedShapes, type EncoderSizes, MOST_LAYERS } from "./checkpoint.ts";
import { bool, f32, type Metadata, string, u32 } from "./gguf_types.ts";
import { type JsonObject, requireJsonObject, shown } from "./json_file.ts";
import { Safetensors } from "./safetensors.ts";
import { readSentenceSettings } from "./sentence_settings.ts";
import { readTokenizer } from "./tokenizer_file.ts";

const kMostSize = 1 << 24;

// GGUF name to the checkpoint's, without ".weight" and ".bias".
const kEmbeddingNames: Readonly<Record<string, string>> = {
  token_embd: "embeddings.word_embeddings",
  position_embd: "embeddings.position_embeddings",
  token_types: "embeddings.token_type_embeddings",
  token_embd_norm: "embeddings.LayerNorm",
};
const kLayerNames: Readonly<Record<string, string>> = {
  attn_q: "attention.self.query",
  attn_k: "attention.self.key",
  attn_v: "attention.self.value",
  attn_output: "attention.output.dense",
  attn_output_norm: "attention.output.LayerNorm",
  ffn_up: "intermediate.dense",
  ffn_down: "output.dense",
  layer_output_norm: "output.LayerNorm",
};
// Older checkpoints call a norm's weight gamma and its bias beta.
const kOldNormNames: Readonly<Record<string, string>> = { weight: "gamma", bias: "beta" };
/** A checkpoint of a model with a head on top keeps the encoder under the first name. */
const kPrefixes = ["bert.", ""];

/**
 * Reads config.json, tokenizer.json, model.safetensors and, where there are any, the sentence-transformers files.
 * Rejects with UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_TOKENIZER or MODEL_FORMAT.
 */
export async function openHuggingFace(folder: OpenFolder): Promise<Checkpoint> {
  const sentence = await readSentenceSettings(folder);
  const config = await requireJsonObject(folder, sentence.inTransformerFolder("config.json"));
  checkSupported(config);
  const sizes = readSizes(config);
  const weights = await openWeights(folder, sentence.inTransformerFolder("model.safetensors"));
  const shapes = checkedShapes(sizes, (name) => weights.shape(storedName(weights, name)));
  for (const name of shapes.keys()) weights.requireFloats(storedName(weights, name));
  const tokenizer = await readTokenizer(folder, sentence, sizes);
  const metadata: Metadata = new Map([
    ["general.architecture", string("bert")],
    ["bert.block_count", u32(sizes.layers)],
    ["bert.context_length", u32(sizes.positions)],
    ["bert.embedding_length", u32(sizes.hidden)],
    ["bert.feed_forward_length", u32(sizes.intermediate)],
    ["bert.attention.head_count", u32(config.integer("num_attention_heads", 1, sizes.hidden))],
    ["bert.attention.layer_norm_epsilon", f32(config.number("layer_norm_eps"))],
    ["bert.attention.causal", bool(false)],
    ...sentence.metadata,
    ...tokenizer,
  ]);
  const license = await licenseOfReadme(folder);
  if (license) metadata.set("general.license", string(license));

  return { kind: "encoder", sizes, metadata, tensor: (name) => weights.read(storedName(weights, name)) };
}

function checkSupported(config: JsonObject): void {
  const refuse = (what: string) =>
    new KinvecError("UNSUPPORTED_ARCHITECTURE", `${config.name}: ${what} is not supported, only BERT encoders are`);
  const modelType = config.string("model_type", undefined);
  if (modelType !== "bert") throw refuse(`model_type "${modelType}"`);
  const activation = config.value("hidden_act");
  if (activation !== "gelu") throw refuse(`hidden_act ${shown(activation)}`);
  const positions = config.string("position_embedding_type", "absolute");
  if (positions !== "absolute") throw refuse(`position_embedding_type "${positions}"`);
  for (const flag of ["is_decoder", "add_cross_attention"]) {
    if (config.boolean(flag, false)) throw refuse(flag);
  }
}

function readSizes(config: JsonObject): EncoderSizes {
  const sizes = {
    layers: config.integer("num_hidden_layers", 1, MOST_LAYERS),
    hidden: config.integer("hidden_size", 1, kMostSize),
    intermediate: config.integer("intermediate_size", 1, kMostSize),
    vocabulary: config.integer("vocab_size", 1, kMostSize),
    positions: config.integer("max_position_embeddings", 1, kMostSize),
    tokenTypes: config.integer("type_vocab_size", 1, kMostSize),
  };
  const heads = config.integer("num_attention_heads", 1, sizes.hidden);
  if (sizes.hidden % heads !== 0) {
    throw new KinvecError(
      "MODEL_FORMAT",
      `${config.name}: hidden_size ${sizes.hidden} cannot be split into ${heads} heads`,
    );
  }
  return sizes;
}

export async function openWeights(folder: OpenFolder, path: string): Promise<Safetensors> {
  const file = folder.get(path);
  if (file) return Safetensors.open(file);
  if (folder.has(`${path}.index.json`)) {
    throw new KinvecError("MODEL_FORMAT", `the weights are split over several files; save them as one ${path}`);
  }
  const other = folder.has("pytorch_model.bin") ? "; pytorch_model.bin must be saved as safetensors first" : "";
  throw new KinvecError("MODEL_FORMAT", `the folder has no ${path}${other}`);
}

/** The name in the checkpoint of a tensor by its GGUF name; the plainest form if it is not there. */
function storedName(weights: Safetensors, name: string): string {
  const dot = name.lastIndexOf(".");
  const part = name.slice(dot + 1); // weight or bias
  const base = checkpointName(name.slice(0, dot));
  for (const prefix of kPrefixes) {
    for (const suffix of [part, kOldNormNames[part]]) {
      const candidate = `${prefix}${base}.${suffix}`;
      if (weights.shape(candidate)) return candidate;
    }
  }
  return `${base}.${part}`;
}

function checkpointName(name: string): string {
  const block = /^blk\.(\d+)\.(.+)$/.exec(name);
  return block ? `encoder.layer.${block[1]}.${kLayerNames[block[2] as string]}` : (kEmbeddingNames[name] as string);
}

/** The licence that the model card states in its front matter. */
export async function licenseOfReadme(folder: OpenFolder): Promise<string | undefined> {
  const readme = folder.get("README.md");
  if (!readme) return undefined;
  const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(await readText(readme));
  return /^license:\s*["']?([\w.+-]+)/m.exec(frontMatter?.[1] ?? "")?.[1];
}
