// Public types of kinvec/tokenizers, apart from the classes.
import type { BinaryName, LoadProgress, ModelSource, WasmOptions } from "../types.ts";

/** A stage of a tokenizer as tokenizer.json has it: its type and its parameters. */
export interface StageJson {
  type: string;
  [parameter: string]: unknown;
}

/** The contents of a tokenizer.json. */
export interface TokenizerJson {
  version?: string;
  truncation?: Record<string, unknown> | null;
  padding?: Record<string, unknown> | null;
  added_tokens?: readonly object[];
  normalizer?: StageJson | null;
  pre_tokenizer?: StageJson | null;
  post_processor?: StageJson | null;
  decoder?: StageJson | null;
  model: Record<string, unknown>;
}

/**
 * Where a tokenizer comes from: a tokenizer.json or a GGUF file, of which only the metadata is read, by URL (`string`
 * or `URL`; in Node.js also a path), `Request`, `Response`, stream or bytes; the text or the parsed contents of a
 * tokenizer.json; or a checkpoint folder that has one (in Node.js also by its path).
 */
export type TokenizerSource = ModelSource | TokenizerJson;

/** Options of `loadTokenizer`. */
export interface LoadTokenizerOptions {
  /** Called as the work proceeds, for the last time with `fraction` 1. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Cancels the load: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
  /** Base for a relative URL; default: the page's address. */
  baseUrl?: string | URL | undefined;
}

/** How a text that is too long is cut. */
export interface TruncationOptions {
  /** Which text of a pair loses tokens; default `longest_first`: always the one that is longer at the time. */
  strategy?: "longest_first" | "only_first" | "only_second" | undefined;
  /** Which end of the text is cut off; default `right`. */
  direction?: "right" | "left" | undefined;
  /** Tokens that a part of the overflow has in common with the one before; default 0. */
  stride?: number | undefined;
}

/** Options of `encode` and `encodeBatch`. */
export interface EncodeOptions {
  /** A second text that belongs to the first, as an answer to a question. */
  pair?: string | undefined;
  /** Put the tokenizer's special tokens around the text; default true. */
  addSpecialTokens?: boolean | undefined;
  /** Most tokens, special ones included; default: the limit that the file states, Infinity for none. */
  maxTokens?: number | undefined;
  /** Default: as the file states. */
  truncation?: TruncationOptions | undefined;
}

/** Options of `decode`. */
export interface DecodeOptions {
  /** Leave special tokens out of the text; default true. */
  skipSpecialTokens?: boolean | undefined;
}

/** A token added beside the model's vocabulary, or looked for before the model sees the text. */
export interface AddedTokenInfo {
  id: number;
  content: string;
  /** Left out by `decode` unless asked for. */
  special: boolean;
}

/** What a tokenizer is and runs on. */
export interface TokenizerInfo {
  /** Kind of model. */
  model: "WordPiece" | "BPE" | "Unigram" | "WordLevel";
  /** Ids are below this. */
  vocabSize: number;
  /** The stages by their types, in order; absent where the file is a vocabulary in llama.cpp's form. */
  stages?: {
    normalizers: string[];
    preTokenizers: string[];
    postProcessors: string[];
    decoders: string[];
  };
  addedTokens: AddedTokenInfo[];
  /** The file's own limit of tokens per text, special ones included; undefined: none. */
  maxTokens: number | undefined;
  /** The WebAssembly binary in use, and bytes of its memory. */
  binary: BinaryName;
  memoryBytes: number;
}
