// What each kind of tokenizer is by default: the stages around its model and the options of its trainer.
import type { NATIVE_TRAINERS } from "../../native/training_module.ts";
import type { StageJson } from "../types.ts";
import type { TrainableModel } from "./types.ts";

type TrainerOption = "vocabSize" | "minFrequency" | "limitAlphabet" | "initialAlphabet" | "maxTokenLength";

const kMergeOptions: readonly TrainerOption[] = [
  "vocabSize",
  "minFrequency",
  "limitAlphabet",
  "initialAlphabet",
  "maxTokenLength",
];

export interface Preset {
  /** undefined: there is nothing to learn. */
  trainer: keyof typeof NATIVE_TRAINERS | undefined;
  /** The options that the trainer takes. */
  options: readonly TrainerOption[];
  vocabSize: number;
  minFrequency: number;
  specialTokens: readonly string[];
  /** undefined: the model can write any text. */
  unknownToken: string | undefined;
  lowercase: boolean;
  maxTokenLength?: number;
  initialAlphabet?: string;
  normalizer(lowercase: boolean): StageJson | null;
  preTokenizer: StageJson | null;
  /** Special tokens before and after a text, and after the second of a pair; used if they are among the special ones. */
  template?: { before: string; after: string };
  postProcessor: StageJson | null;
  decoder: StageJson | null;
  /** The model's type and parameters in a tokenizer.json. */
  model: StageJson;
}

const kLowercase: StageJson = { type: "Lowercase" };
const lowercaseOnly = (lowercase: boolean) => (lowercase ? kLowercase : null);

const kByteLevel: StageJson = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
const kMetaspace: StageJson = { type: "Metaspace", replacement: "\u2581", prepend_scheme: "always", split: true };

/** Words with the space after them, so that models without merges have words of a bounded length. */
const kKeepSpaces: StageJson = {
  type: "Split",
  pattern: { String: " " },
  behavior: "MergedWithPrevious",
  invert: false,
};

const kBpeModel: StageJson = {
  type: "BPE",
  dropout: null,
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
};

export const PRESETS: Readonly<Record<TrainableModel, Preset>> = {
  wordpiece: {
    trainer: "wordpiece",
    options: kMergeOptions,
    vocabSize: 30_000,
    minFrequency: 2,
    specialTokens: ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"],
    unknownToken: "[UNK]",
    lowercase: true,
    normalizer: (lowercase) => ({
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase,
    }),
    preTokenizer: { type: "BertPreTokenizer" },
    template: { before: "[CLS]", after: "[SEP]" },
    postProcessor: null,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", continuing_subword_prefix: "##", max_input_chars_per_word: 100 },
  },
  bpe: {
    trainer: "bpe",
    options: kMergeOptions,
    vocabSize: 30_000,
    minFrequency: 2,
    specialTokens: ["<|endoftext|>"],
    unknownToken: undefined,
    lowercase: false,
    initialAlphabet: byteLevelAlphabet(),
    normalizer: lowercaseOnly,
    preTokenizer: kByteLevel,
    postProcessor: kByteLevel,
    decoder: kByteLevel,
    model: kBpeModel,
  },
  unigram: {
    trainer: "unigram",
    options: ["vocabSize", "initialAlphabet", "maxTokenLength"],
    vocabSize: 8_000,
    minFrequency: 0,
    specialTokens: ["<unk>", "<s>", "</s>"],
    unknownToken: "<unk>",
    lowercase: false,
    maxTokenLength: 16,
    normalizer: (lowercase) =>
      lowercase ? { type: "Sequence", normalizers: [{ type: "NFKC" }, kLowercase] } : { type: "NFKC" },
    preTokenizer: kMetaspace,
    postProcessor: null,
    decoder: kMetaspace,
    model: { type: "Unigram", byte_fallback: false },
  },
  words: {
    trainer: "words",
    options: ["vocabSize", "minFrequency"],
    vocabSize: 30_000,
    minFrequency: 1,
    specialTokens: ["[UNK]"],
    unknownToken: "[UNK]",
    lowercase: false,
    normalizer: lowercaseOnly,
    preTokenizer: { type: "Whitespace" },
    postProcessor: null,
    decoder: null,
    model: { type: "WordLevel" },
  },
  characters: {
    trainer: "bpe",
    options: ["vocabSize", "initialAlphabet"],
    vocabSize: 30_000,
    minFrequency: 0,
    specialTokens: ["[UNK]"],
    unknownToken: "[UNK]",
    lowercase: false,
    normalizer: lowercaseOnly,
    preTokenizer: kKeepSpaces,
    postProcessor: null,
    decoder: { type: "Fuse" },
    model: kBpeModel,
  },
  bytes: {
    trainer: undefined,
    options: [],
    vocabSize: 0,
    minFrequency: 0,
    specialTokens: [],
    unknownToken: undefined,
    lowercase: false,
    normalizer: lowercaseOnly,
    preTokenizer: kKeepSpaces,
    postProcessor: null,
    decoder: { type: "Sequence", decoders: [{ type: "ByteFallback" }, { type: "Fuse" }] },
    model: { ...kBpeModel, byte_fallback: true },
  },
};

/**
 * The 256 characters that stand for bytes in the ByteLevel stages: printable Latin-1 for itself, the others from U+0100
 * on (GPT-2's `bytes_to_unicode`).
 */
function byteLevelAlphabet(): string {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(isPrintable ? byte : next++);
  }).join("");
}
