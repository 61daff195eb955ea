// Small tokenizers, as the contents of a tokenizer.json.

const bert = {
  type: "BertNormalizer",
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: null,
  lowercase: false,
};

/** A model with the stages of BERT, unless others are given. */
export function toyTokenizer(model, stages = {}) {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: bert,
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: null,
    decoder: null,
    ...stages,
    model,
  };
}

/** One token per byte of the normalized text, so that ids and decoded text show what the stages do. */
export function bytesTokenizer(stages = {}) {
  const vocab = { "[UNK]": 256 };
  for (let byte = 0; byte < 256; byte++) vocab[`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`] = byte;
  const model = { type: "BPE", unk_token: "[UNK]", fuse_unk: false, byte_fallback: true, vocab, merges: [] };
  const decoder = { type: "Sequence", decoders: [{ type: "ByteFallback" }, { type: "Fuse" }] };
  return toyTokenizer(model, { normalizer: null, pre_tokenizer: null, decoder, ...stages });
}
