// tokenizer.json to GGUF metadata: BERT's own tokenizer in llama.cpp's form, every other one stage by stage.
import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { metadataOfJson } from "../tokenizers/flat_form/from_json.ts";
import { addedTokenMetadata } from "./added_tokens.ts";
import type { EncoderSizes } from "./checkpoint.ts";
import { bool, type Metadata, string, u32 } from "./gguf_types.ts";
import { JsonObject, readJsonObject, requireJsonObject, shown } from "./json_file.ts";
import type { SentenceSettings } from "./sentence_settings.ts";
import { readTemplate, unsupported } from "./template.ts";
import { checkFits, Vocabulary } from "./vocabulary.ts";

/** Token types that a template gives to one text; the encoder has all texts in the first type. */
const kTypeOfText = /^kinvec\.tokenizer\.post_processors\.\d+\.single\.\d+\.\w+\.type_id$/;

/** A limit of 1e30 or so stands for "none" in published files. */
const kSaneLimit = 1 << 24;

type Casing = Pick<SentenceSettings, "lowercase">;

/** What the tokenizer has to fit. */
type TokenizerSizes = Pick<EncoderSizes, "vocabulary" | "positions" | "tokenTypes">;

/** Rejects with UNSUPPORTED_TOKENIZER for what an encoder of this family cannot use, naming it. */
export async function readTokenizer(
  folder: OpenFolder,
  sentence: SentenceSettings,
  sizes: EncoderSizes,
): Promise<Metadata> {
  const file = await requireJsonObject(folder, sentence.inTransformerFolder("tokenizer.json"));
  const config = await readJsonObject(folder, sentence.inTransformerFolder("tokenizer_config.json"));
  const metadata = describe(file, config, sentence, sizes);
  metadata.set("kinvec.max_tokens", u32(maxTokens(file, config, sentence, sizes)));
  return metadata;
}

/**
 * The tokenizer of a static model: no special tokens are put around a text, and unknown tokens have no vector.
 * Rejects as readTokenizer.
 */
export async function readStaticTokenizer(folder: OpenFolder, path: string, vocabulary: number): Promise<Metadata> {
  const { name, values } = await requireJsonObject(folder, path);
  const file = new JsonObject(name, { ...values, post_processor: null });
  const sentence = { lowercase: false };
  const metadata = describe(file, new JsonObject(name, {}), sentence, { vocabulary, positions: 0, tokenTypes: 1 });
  const model = file.object("model");
  const unknown = model.has("unk_id") ? model.integer("unk_id", 0, vocabulary - 1) : unknownId(model, metadata);
  if (unknown !== undefined) metadata.set("tokenizer.ggml.unknown_token_id", u32(unknown));
  return metadata;
}

function unknownId(model: JsonObject, metadata: Metadata): number | undefined {
  const token = model.string("unk_token", undefined);
  const known = metadata.get("tokenizer.ggml.unknown_token_id")?.value as number | undefined;
  if (token === undefined || known !== undefined) return known;
  const tokens = metadata.get("tokenizer.ggml.tokens") as { value: readonly string[] };
  const id = tokens.value.indexOf(token);
  return id < 0 ? undefined : id;
}

function describe(file: JsonObject, config: JsonObject, sentence: Casing, sizes: TokenizerSizes): Metadata {
  try {
    return bertMetadata(file, config, sentence, sizes);
  } catch (error) {
    if (!(error instanceof KinvecError) || error.code !== "UNSUPPORTED_TOKENIZER") throw error;
    return flatMetadata(file, sentence, sizes);
  }
}

/** Every stage as it stands in the file. Whether the engine has it is for the engine to say. */
function flatMetadata(file: JsonObject, sentence: Casing, sizes: TokenizerSizes): Metadata {
  if (sentence.lowercase) throw unsupported("do_lower_case, with a tokenizer that is not BERT's,");
  const metadata = metadataOfJson(file.values, file.name);
  for (const [key, { value }] of metadata) {
    if (kTypeOfText.test(key) && value !== 0) throw unsupported(`${file.name}: a single text of type_id ${value}`);
    // The model's own limit holds.
    if (key.startsWith("kinvec.tokenizer.truncation.")) metadata.delete(key);
  }
  const tokens = metadata.get("tokenizer.ggml.tokens")?.value as readonly string[];
  checkFits(tokens.length, sizes);
  return metadata;
}

function bertMetadata(file: JsonObject, config: JsonObject, sentence: Casing, sizes: TokenizerSizes): Metadata {
  const model = file.object("model");
  requireType(file, "model", "WordPiece");
  requireType(file, "pre_tokenizer", "BertPreTokenizer");
  requireType(file, "normalizer", "BertNormalizer");
  const prefix = model.string("continuing_subword_prefix", "##");
  if (prefix !== "##") throw unsupported(`${model.name}: continuing_subword_prefix "${prefix}"`);

  const vocabulary = new Vocabulary(model, file.has("added_tokens") ? file.objects("added_tokens") : []);
  const { before, after } = readTemplate(file, vocabulary);
  const special = {
    unknown: vocabulary.require(model.string("unk_token")),
    cls: before[0],
    sep: after.at(-1),
    pad: vocabulary.id(specialToken(config, "pad_token") ?? "[PAD]"),
    mask: vocabulary.id(specialToken(config, "mask_token") ?? "[MASK]"),
  };
  const metadata: Metadata = new Map([
    ["tokenizer.ggml.model", string("bert")],
    ...vocabulary.metadata(sizes, special.unknown),
    ["tokenizer.ggml.token_type_count", u32(sizes.tokenTypes)],
    ["tokenizer.ggml.unknown_token_id", u32(special.unknown)],
  ]);
  const ids: [string, number | undefined][] = [
    ["cls", special.cls],
    ["seperator", special.sep], // spelt so in the format
    ["padding", special.pad],
    ["mask", special.mask],
    ["bos", special.cls],
    ["eos", special.sep],
  ];
  for (const [name, id] of ids) if (id !== undefined) metadata.set(`tokenizer.ggml.${name}_token_id`, u32(id));

  for (const [key, value] of normalizerMetadata(file.object("normalizer"), config, sentence.lowercase)) {
    metadata.set(key, value);
  }
  metadata.set("kinvec.tokenizer.pre_tokenizer", string("bert"));
  const longestWord = model.has("max_input_chars_per_word")
    ? model.integer("max_input_chars_per_word", 1, kSaneLimit)
    : 100;
  metadata.set("kinvec.tokenizer.max_input_chars_per_word", u32(longestWord));
  for (const [key, value] of addedTokenMetadata(vocabulary.added)) metadata.set(key, value);
  metadata.set("kinvec.tokenizer.prefix", { type: "i32[]", value: before });
  metadata.set("kinvec.tokenizer.suffix", { type: "i32[]", value: after });
  return metadata;
}

/** BertNormalizer's switches, resolved. The tokenizer configuration overrides the file, as in transformers. */
function normalizerMetadata(normalizer: JsonObject, config: JsonObject, alwaysLowercase: boolean): Metadata {
  const lowercase = config.boolean("do_lower_case", normalizer.boolean("lowercase", true));
  const stripAccents = config.boolean("strip_accents", normalizer.boolean("strip_accents", lowercase));
  const chinese = config.boolean("tokenize_chinese_chars", normalizer.boolean("handle_chinese_chars", true));
  return new Map([
    ["kinvec.tokenizer.normalizer", string("bert")],
    ["kinvec.tokenizer.clean_text", bool(normalizer.boolean("clean_text", true))],
    ["kinvec.tokenizer.handle_chinese_chars", bool(chinese)],
    ["kinvec.tokenizer.strip_accents", bool(stripAccents)],
    ["kinvec.tokenizer.lowercase", bool(lowercase || alwaysLowercase)],
  ]);
}

/**
 * Longest input in tokens. sentence-transformers' own setting wins over the tokenizer's: published checkpoints
 * disagree (all-MiniLM-L6-v2 has 256 against 128), and vectors are compared with sentence-transformers'.
 */
function maxTokens(file: JsonObject, config: JsonObject, sentence: SentenceSettings, sizes: EncoderSizes): number {
  const ofTokenizer = sane(config.value("model_max_length"));
  const ofTruncation = file.has("truncation") ? sane(file.object("truncation").value("max_length")) : undefined;
  return Math.min(sentence.maxTokens ?? ofTokenizer ?? ofTruncation ?? sizes.positions, sizes.positions);
}

function sane(limit: unknown): number | undefined {
  return typeof limit === "number" && Number.isInteger(limit) && limit > 0 && limit <= kSaneLimit ? limit : undefined;
}

/** A special token is given as text, or as an object around it. */
function specialToken(config: JsonObject, key: string): string | undefined {
  const value = config.value(key);
  if (typeof value === "string" || value === undefined) return value;
  return config.object(key).string("content");
}

function requireType(file: JsonObject, key: string, type: string): void {
  const found = file.has(key) ? file.object(key).value("type") : undefined;
  if (found !== type) throw unsupported(`${file.name}: ${key} of type ${shown(found)}`);
}
