// Tokenizers small enough to be read: a WordPiece with BERT's stages and a byte-level BPE, as tokenizer.json objects.
// Tests change single entries of them to see what loading makes of them.

import { tinyTokenizer, vocabulary } from "./tiny_checkpoint.mjs";

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

/** BERT's stages over the vocabulary of the tiny checkpoint, and a token added beside it. */
export function wordpieceJson(changes = {}) {
  const json = tinyTokenizer();
  const note = added(vocabulary.length, "<note>", { special: false });
  return { ...json, truncation: null, added_tokens: [...json.added_tokens, note], ...changes };
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
