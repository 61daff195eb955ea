// From the metadata of a tokenizer back to a tokenizer.json, which the reference library loads with equal answers.
// Padding is not in the metadata, and nested sequences of stages come back as one.
import type { Metadata } from "../../convert/gguf_types.ts";
import { KinvecError } from "../../errors.ts";
import type { TokenizerJson } from "../types.ts";
import { readFields } from "./fields.ts";
import { writeScore } from "./score.ts";
import { readStages } from "./stages.ts";
import { ADDED_TOKEN_FLAGS } from "./vocabulary.ts";

/** Throws UNSUPPORTED_TOKENIZER for llama.cpp's vocabularies, whose stages are not in the file. */
export function jsonOfMetadata(metadata: Metadata): TokenizerJson {
  const type = metadata.get("kinvec.tokenizer.model.type")?.value;
  if (typeof type !== "string") {
    const message = "the tokenizer came from a vocabulary in llama.cpp's form, which has no tokenizer.json";
    throw new KinvecError("UNSUPPORTED_TOKENIZER", message);
  }
  const tokens = list<string>(metadata, "tokenizer.ggml.tokens");
  const truncation = readFields(metadata, "kinvec.tokenizer.truncation");
  return {
    version: "1.0",
    truncation: Object.keys(truncation).length > 0 ? truncation : null,
    padding: null,
    added_tokens: addedTokens(metadata, tokens),
    ...readStages(metadata),
    model: {
      ...readFields(metadata, "kinvec.tokenizer.model"),
      vocab: type === "Unigram" ? scoredVocabulary(metadata, tokens) : vocabulary(metadata, tokens),
      ...(type === "BPE" && { merges: merges(metadata, tokens) }),
    },
  } as TokenizerJson;
}

function list<T>(metadata: Metadata, key: string): ArrayLike<T> {
  return (metadata.get(key)?.value ?? []) as ArrayLike<T>;
}

function addedTokens(metadata: Metadata, tokens: ArrayLike<string>): object[] {
  const flags = list<number>(metadata, "kinvec.tokenizer.added_token_flags");
  const added = Array.from(list<number>(metadata, "kinvec.tokenizer.added_tokens"), (id, i) => {
    const of = (bit: number) => ((flags[i] ?? 0) & bit) !== 0;
    const switches = Object.entries(ADDED_TOKEN_FLAGS).map(([name, bit]) => [name, of(bit)]);
    return { id, content: tokens[id] ?? "", ...Object.fromEntries(switches) };
  });
  // In the order of their ids, so that those beside the vocabulary get them again.
  return added.sort((a, b) => a.id - b.id);
}

function vocabulary(metadata: Metadata, tokens: ArrayLike<string>): Record<string, number> {
  const addedOnly = new Set(Array.from(list<number>(metadata, "kinvec.tokenizer.added_only")));
  const entries: [string, number][] = [];
  let hole = -1;
  for (let id = 0; id < tokens.length; id++) {
    const token = tokens[id] as string;
    if (addedOnly.has(id)) continue;
    if (token !== "") entries.push([token, id]);
    else if (hole < 0) hole = id;
  }
  // A hole may be the empty token of the vocabulary: it counts where added tokens get their ids.
  const firstAdded = Math.min(...addedOnly);
  if (hole >= 0 && firstAdded === entries.length + 1) entries.push(["", hole]);
  return Object.fromEntries(entries);
}

function scoredVocabulary(metadata: Metadata, tokens: ArrayLike<string>): [string, number][] {
  const scores = list<number>(metadata, "kinvec.tokenizer.scores");
  return Array.from(scores, (score, id) => [tokens[id] ?? "", writeScore(score)]);
}

function merges(metadata: Metadata, tokens: ArrayLike<string>): [string, string][] {
  const ids = list<number>(metadata, "kinvec.tokenizer.merges");
  return Array.from({ length: ids.length >> 1 }, (_, rank) => [
    tokens[ids[2 * rank] as number] as string,
    tokens[ids[2 * rank + 1] as number] as string,
  ]);
}
