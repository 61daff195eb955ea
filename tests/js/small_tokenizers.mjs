// Tokenizers small enough to be read: a WordPiece with BERT's stages and a byte-level BPE, as tokenizer.json objects.
// Tests change single entries of them to see what loading makes of them.

import { vocabulary } from "./tiny_checkpoint.mjs";

const added = (id, content, flags = {}) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...flags,
});

const idsOf = (tokens) => Object.fromEntries(tokens.map((token, id) => [token, id]));

/** BERT's stages over the vocabulary of the tiny checkpoint, and an added token beside it. */
export function wordpieceJson(changes = {}) {
  const ids = idsOf(vocabulary);
  const special = (token) => ({ id: token, ids: [ids[token]], tokens: [token] });
  const piece = (name, type_id) => ({ SpecialToken: { id: name, type_id } });
  const text = (id, type_id) => ({ Sequence: { id, type_id } });
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [
      ...["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map((token) => added(ids[token], token)),
      added(vocabulary.length, "<note>", { special: false }),
    ],
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [piece("[CLS]", 0), text("A", 0), piece("[SEP]", 0)],
      pair: [piece("[CLS]", 0), text("A", 0), piece("[SEP]", 0), text("B", 1), piece("[SEP]", 1)],
      special_tokens: { "[CLS]": special("[CLS]"), "[SEP]": special("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: ids,
    },
    ...changes,
  };
}

/** The 256 characters of the ByteLevel stages, in the order of their bytes. */
function byteLetters() {
  const printable = (byte) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

/** GPT-2's stages over bytes and a few merges. */
export function bpeJson(changes = {}) {
  const merges = ["t h", "th e", "\u0120 the", "c a", "ca t", "\u0120 cat", "i n", "in g"];
  const tokens = ["<|endoftext|>", ...byteLetters(), ...merges.map((merge) => merge.replace(" ", ""))];
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [added(0, "<|endoftext|>")],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: idsOf(tokens),
      merges: merges.map((merge) => merge.split(" ")),
    },
    ...changes,
  };
}

/** SentencePiece's stages over a few pieces with their scores. */
export function unigramJson(changes = {}) {
  const metaspace = { type: "Metaspace", replacement: "\u2581", prepend_scheme: "always", split: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [added(0, "<unk>"), added(1, "</s>")],
    normalizer: { type: "NFKC" },
    pre_tokenizer: metaspace,
    post_processor: null,
    decoder: metaspace,
    model: {
      type: "Unigram",
      unk_id: 0,
      byte_fallback: false,
      vocab: [
        ["<unk>", 0],
        ["</s>", 0],
        ["\u2581the", -2],
        ["\u2581cat", -3.5],
        ["\u2581", -4],
        ["c", -5],
        ["a", -5.25],
        ["t", -5.5],
        ["s", -4.75],
      ],
    },
    ...changes,
  };
}
