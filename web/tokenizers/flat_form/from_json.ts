// From a parsed tokenizer.json to the metadata that the engine reads, without judging it: which stages and parameters
// are supported is for the engine to say. docs/model_file.md lists the keys.
import { type Metadata, string } from "../../convert/gguf_types.ts";
import { JsonObject, shown } from "../../convert/json_file.ts";
import { KinvecError } from "../../errors.ts";
import { writeFields } from "./fields.ts";
import { writeStages } from "./stages.ts";
import { VocabularyBuilder } from "./vocabulary.ts";

/** tokenizer.ggml.model for each type of model. */
const kGgmlModels: Readonly<Record<string, string>> = {
  BPE: "gpt2",
  Unigram: "t5",
  WordLevel: "wordlevel",
  WordPiece: "wordpiece",
};

/** The parameters of a model that have a form of their own. */
const kListedFields = ["type", "vocab", "merges"];

/**
 * Describes the tokenizer. `name` is for messages.
 * Throws MODEL_FORMAT for what is no tokenizer.json, UNSUPPORTED_TOKENIZER for a kind of it that is not known.
 */
export function metadataOfJson(json: unknown, name = "tokenizer.json"): Metadata {
  const file = new JsonObject(name, json);
  const version = file.string("version", "1.0");
  if (version !== "1.0")
    throw new KinvecError("UNSUPPORTED_TOKENIZER", `${name} has version ${JSON.stringify(version)}`);
  if (!file.has("model")) throw new KinvecError("MODEL_FORMAT", `${name} has no "model"; is it a tokenizer.json?`);
  const model = file.object("model");
  const type = modelType(model);

  const vocabulary = new VocabularyBuilder(model, type === "Unigram");
  vocabulary.addTokens(file.has("added_tokens") ? file.objects("added_tokens") : []);
  const metadata: Metadata = new Map([["tokenizer.ggml.model", string(kGgmlModels[type] as string)]]);
  vocabulary.writeTo(metadata);
  metadata.set("kinvec.tokenizer.model.type", string(type));
  for (const [field, value] of Object.entries(model.values)) {
    if (!kListedFields.includes(field)) writeFields(metadata, `kinvec.tokenizer.model.${field}`, value);
  }
  if (type === "BPE") {
    metadata.set("kinvec.tokenizer.merges", { type: "i32[]", value: mergesOf(model, vocabulary) });
  }
  writeStages(metadata, file);
  if (file.has("truncation")) {
    writeFields(metadata, "kinvec.tokenizer.truncation", file.object("truncation").values);
  }
  return metadata;
}

/** Files of the library's first versions leave the type out: it is told by the parameters, in the library's order. */
function modelType(model: JsonObject): string {
  const type = model.string("type", undefined) ?? guessedType(model);
  if (Object.hasOwn(kGgmlModels, type)) return type;
  throw new KinvecError("UNSUPPORTED_TOKENIZER", `${model.name} of type ${JSON.stringify(type)} is not supported`);
}

function guessedType(model: JsonObject): string {
  if (model.has("merges")) return "BPE";
  if (model.has("continuing_subword_prefix") && model.has("max_input_chars_per_word")) return "WordPiece";
  return Array.isArray(model.value("vocab")) ? "Unigram" : "WordLevel";
}

/** Ids of left and right by rank. Merges are pairs, or in older files text with a space between. */
function mergesOf(model: JsonObject, vocabulary: VocabularyBuilder): Int32Array {
  const merges = model.list("merges").filter((merge) => typeof merge !== "string" || !merge.startsWith("#version"));
  const ids = new Int32Array(2 * merges.length);
  const idOf = (token: string, rank: number) => {
    const id = vocabulary.id(token);
    if (id !== undefined) return id;
    const message = `${model.name}: merges[${rank}] has ${shown(token)}, which is not in the vocabulary`;
    throw new KinvecError("MODEL_FORMAT", message, { at: rank });
  };
  for (let rank = 0; rank < merges.length; rank++) {
    const merge = merges[rank];
    const pair: unknown = typeof merge === "string" ? merge.split(" ") : merge;
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new KinvecError("MODEL_FORMAT", `${model.name}: merges[${rank}] is no pair of tokens`, { at: rank });
    }
    ids[2 * rank] = idOf(pair[0], rank);
    ids[2 * rank + 1] = idOf(pair[1], rank);
  }
  return ids;
}
