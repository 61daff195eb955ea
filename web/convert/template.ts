// The post-processor of tokenizer.json: which special tokens stand before and after the text.
import { KinvecError } from "../errors.ts";
import { type JsonObject, shown } from "./json_file.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Template {
  before: number[]; // token ids
  after: number[];
}

/** Reads TemplateProcessing, BertProcessing or none. */
export function readTemplate(file: JsonObject, vocabulary: Vocabulary): Template {
  if (!file.has("post_processor")) return { before: [], after: [] };
  const processor = file.object("post_processor");
  switch (processor.value("type")) {
    case "TemplateProcessing":
      return readTemplateProcessing(processor, vocabulary);
    case "BertProcessing":
      return { before: [pairId(processor, "cls", vocabulary)], after: [pairId(processor, "sep", vocabulary)] };
    default:
      throw unsupported(`${processor.name} of type ${shown(processor.value("type"))}`);
  }
}

function readTemplateProcessing(processor: JsonObject, vocabulary: Vocabulary): Template {
  const template: Template = { before: [], after: [] };
  let textSeen = false;
  for (const piece of processor.objects("single")) {
    const isText = piece.has("Sequence");
    const part = piece.object(isText ? "Sequence" : "SpecialToken");
    if (part.integer("type_id", 0, 255) !== 0) throw unsupported(`${part.name} with type_id other than 0`);
    if (isText) {
      if (textSeen) throw unsupported(`${processor.name} with the text twice`);
      textSeen = true;
      continue;
    }
    const ids = specialTokenIds(processor, part.string("id"), vocabulary);
    const side = textSeen ? template.after : template.before;
    for (const id of ids) side.push(id);
  }
  if (!textSeen) throw new KinvecError("MODEL_FORMAT", `${processor.name}: the template leaves out the text`);
  return template;
}

/** A name in a template stands for one or more tokens. */
function specialTokenIds(processor: JsonObject, name: string, vocabulary: Vocabulary): number[] {
  const ids = processor.object("special_tokens").object(name).value("ids");
  if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id) && id in vocabulary.tokens)) {
    throw new KinvecError("MODEL_FORMAT", `${processor.name}: "${name}" stands for no tokens of the vocabulary`);
  }
  return ids;
}

/** BertProcessing gives each token as [text, id]. */
function pairId(processor: JsonObject, key: string, vocabulary: Vocabulary): number {
  const pair = processor.value(key);
  if (!Array.isArray(pair) || typeof pair[0] !== "string") {
    throw new KinvecError("MODEL_FORMAT", `${processor.name}: "${key}" must be a pair of text and id`);
  }
  return vocabulary.require(pair[0]);
}

export function unsupported(what: string): KinvecError {
  return new KinvecError("UNSUPPORTED_TOKENIZER", `${what} is not supported`);
}
