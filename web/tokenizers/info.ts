// What a tokenizer's file says of it.
import type { Metadata } from "../convert/gguf_types.ts";
import { stageTypes } from "./flat_form/stages.ts";
import { ADDED_TOKEN_FLAGS } from "./flat_form/vocabulary.ts";
import { readMetadata } from "./gguf_header.ts";
import type { NativeEncoder } from "./native_encoder.ts";
import type { TokenizerInfo } from "./types.ts";

/** Long lists that nothing here is told from. */
const kLists = ["tokenizer.ggml.tokens", "kinvec.tokenizer.merges", "kinvec.tokenizer.scores"];

/** The kinds of model in llama.cpp's files. */
const kModels: Readonly<Record<string, TokenizerInfo["model"]>> = { bert: "WordPiece", gpt2: "BPE", t5: "Unigram" };

export function infoOf(file: Uint8Array, encoder: NativeEncoder): TokenizerInfo {
  const metadata = readMetadata(file, (key) => !kLists.includes(key));
  const type = metadata.get("kinvec.tokenizer.model.type")?.value as TokenizerInfo["model"] | undefined;
  const { maxTokens } = encoder.fileOptions;
  return {
    model: type ?? kModels[metadata.get("tokenizer.ggml.model")?.value as string] ?? "BPE",
    vocabSize: encoder.vocabSize,
    ...(type && { stages: stagesOf(metadata) }),
    addedTokens: addedTokens(metadata, encoder),
    maxTokens: Number.isFinite(maxTokens) ? maxTokens : undefined,
    binary: encoder.instance.binary,
    memoryBytes: encoder.instance.memoryBytes,
  };
}

function stagesOf(metadata: Metadata): NonNullable<TokenizerInfo["stages"]> {
  return {
    normalizers: stageTypes(metadata, "normalizers"),
    preTokenizers: stageTypes(metadata, "pre_tokenizers"),
    postProcessors: stageTypes(metadata, "post_processors"),
    decoders: stageTypes(metadata, "decoders"),
  };
}

function addedTokens(metadata: Metadata, encoder: NativeEncoder): TokenizerInfo["addedTokens"] {
  const ids = Array.from((metadata.get("kinvec.tokenizer.added_tokens")?.value ?? []) as ArrayLike<number>);
  const flags = (metadata.get("kinvec.tokenizer.added_token_flags")?.value ?? []) as ArrayLike<number>;
  const contents = encoder.tokenStrings(ids);
  return ids.map((id, i) => ({
    id,
    content: contents[i] ?? "",
    special: ((flags[i] ?? 0) & ADDED_TOKEN_FLAGS.special) !== 0,
  }));
}
