// Options of trainTokenizer().
import type { BinaryName, WasmOptions } from "../../types.ts";
import type { StageJson } from "../types.ts";

/** Kinds of tokenizer that can be trained. */
export type TrainableModel = "wordpiece" | "bpe" | "unigram" | "words" | "characters" | "bytes";

/** Progress of a training; `fraction` runs from 0 to exactly 1 and never falls. */
export interface TrainProgress {
  /** `read` while texts are taken in and their words counted; `train` while the vocabulary is made. */
  stage: "read" | "train";
  /** Texts read so far. */
  texts: number;
  /** Share of the whole work done, 0 to 1. */
  fraction: number;
}

/** Options of `trainTokenizer`. */
export interface TrainOptions {
  /**
   * `wordpiece`: BERT's pieces of lower-case words. `bpe`: GPT-2's merged bytes, which can write any text. `unigram`:
   * SentencePiece's most probable pieces. `words`: whole words. `characters`, `bytes`: one token for each.
   */
  model: TrainableModel;
  /** Most tokens, special ones included; default 30,000, for `unigram` 8,000. `bytes` has always 256 and the special ones. */
  vocabSize?: number | undefined;
  /** A pair of pieces, or a word, must occur as often to become a token; default 2, for `words` 1. */
  minFrequency?: number | undefined;
  /** Tokens of the model's own, such as "[CLS]", which get the first ids; default: the usual ones of the model. */
  specialTokens?: readonly string[] | undefined;
  /** What stands for that which has no token, one of `specialTokens`; default: the model's usual one. */
  unknownToken?: string | undefined;
  /** Read all text in lower case; default true for `wordpiece`, false for others. */
  lowercase?: boolean | undefined;
  /** Most characters to keep, the most frequent; the others become unknown. Default: no limit. */
  limitAlphabet?: number | undefined;
  /** Characters to have even if no text has them. */
  initialAlphabet?: string | undefined;
  /** Most characters of a token; default: no limit, for `unigram` 16. */
  maxTokenLength?: number | undefined;
  /** Stage instead of the model's usual normalizer, as in a tokenizer.json; null for none. */
  normalizer?: StageJson | null | undefined;
  /** The same for the pre-tokenizer. */
  preTokenizer?: StageJson | null | undefined;
  /** The same for the post-processor. */
  postProcessor?: StageJson | null | undefined;
  /** The same for the decoder. */
  decoder?: StageJson | null | undefined;
  /** Called as the work proceeds, for the last time with `fraction` 1. */
  onProgress?: ((progress: TrainProgress) => void) | undefined;
  /** Cancels the training: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
}
