// What sentence-transformers adds to a checkpoint: its modules, pooling, longest input and prompts.
import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { bool, type Metadata, string, u32 } from "./gguf_types.ts";
import { JsonObject, readJson, readJsonObject } from "./json_file.ts";

// Pooling flags of 1_Pooling/config.json to bert.pooling_type.
const kPoolingTypes: Readonly<Record<string, number>> = {
  pooling_mode_mean_tokens: 1,
  pooling_mode_cls_token: 2,
  pooling_mode_lasttoken: 3,
};

const kModuleKinds = ["Transformer", "Pooling", "Normalize", "StaticEmbedding"];

export interface SentenceSettings {
  /** Pooling, normalisation and prompts; keys are absent where the checkpoint says nothing. */
  metadata: Metadata;
  /** Longest input in tokens, special ones included, where stated. */
  maxTokens: number | undefined;
  /** Text is lower-cased before the tokenizer. */
  lowercase: boolean;
  /** Path of a file of the transformer module. */
  inTransformerFolder(file: string): string;
}

/** Reads modules.json, 1_Pooling/config.json, sentence_bert_config.json and config_sentence_transformers.json. */
export async function readSentenceSettings(folder: OpenFolder): Promise<SentenceSettings> {
  const modules = await readModules(folder);
  const metadata: Metadata = new Map();
  const pooling = await readPooling(folder, joinPath(modules.get("Pooling") ?? "1_Pooling", "config.json"));
  if (pooling !== undefined) metadata.set("bert.pooling_type", u32(pooling));
  if (modules.size > 0) metadata.set("kinvec.normalize", bool(modules.has("Normalize")));

  const sentence = await readJsonObject(folder, "config_sentence_transformers.json");
  if (sentence.has("prompts")) {
    const prompts = sentence.object("prompts");
    const query = prompts.string("query", undefined);
    const document = prompts.string("document", prompts.string("passage", undefined));
    if (query) metadata.set("kinvec.prompts.query", string(query));
    if (document) metadata.set("kinvec.prompts.document", string(document));
  }

  const transformerFolder = modules.get("Transformer") ?? "";
  const inTransformerFolder = (file: string) => joinPath(transformerFolder, file);
  const limits = await readJsonObject(folder, inTransformerFolder("sentence_bert_config.json"));
  return {
    metadata,
    maxTokens: limits.has("max_seq_length") ? limits.integer("max_seq_length", 1, 1 << 24) : undefined,
    lowercase: limits.boolean("do_lower_case", false),
    inTransformerFolder,
  };
}

/** Module kind to folder; empty if the checkpoint has no modules.json. */
export async function readModules(folder: OpenFolder): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  const list = await readJson(folder, "modules.json");
  if (list === undefined) return modules;
  for (const module of new JsonObject("modules.json", { modules: list }).objects("modules")) {
    const type = module.string("type");
    const kind = type.slice(type.lastIndexOf(".") + 1);
    if (!kModuleKinds.includes(kind)) {
      throw new KinvecError("UNSUPPORTED_ARCHITECTURE", `modules.json: the module ${type} is not supported`);
    }
    modules.set(kind, module.string("path"));
  }
  return modules;
}

async function readPooling(folder: OpenFolder, path: string): Promise<number | undefined> {
  if (!folder.has(path)) return undefined;
  const config = await readJsonObject(folder, path);
  const chosen = config.keys().filter((key) => key.startsWith("pooling_mode_") && config.value(key) === true);
  const [mode] = chosen;
  const type = mode === undefined ? undefined : kPoolingTypes[mode];
  if (chosen.length !== 1 || type === undefined) {
    const found = chosen.length > 0 ? chosen.join(" with ") : "no pooling";
    throw new KinvecError(
      "UNSUPPORTED_ARCHITECTURE",
      `${path}: ${found} is not supported, only mean, cls or lasttoken`,
    );
  }
  if (!config.boolean("include_prompt", true)) {
    throw new KinvecError("UNSUPPORTED_ARCHITECTURE", `${path}: pooling without the prompt is not supported`);
  }
  return type;
}

export function joinPath(folder: string, file: string): string {
  const trimmed = folder.replace(/^\.(\/|$)|\/$/g, "");
  return trimmed ? `${trimmed}/${file}` : file;
}
