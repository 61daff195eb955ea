// The search model's tokenizer as a tokenizer.json. Its file holds the vocabulary in llama.cpp's form, beside 23 MB of weights that
// the tokenizer page has no use for.

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/**
 * @param {import("kinvec/tokenizers").Tokenizer} tokenizer of an uncased BERT model
 * @returns {import("kinvec/tokenizers").TokenizerJson}
 */
export function bertJson(tokenizer) {
  const vocab = {};
  for (let id = 0; id < tokenizer.vocabSize; id++) vocab[tokenizer.token(id)] = id;
  const token = (content) => ({ SpecialToken: { id: content, type_id: 0 } });
  const text = (id, type) => ({ Sequence: { id, type_id: type } });
  return {
    version: "1.0",
    added_tokens: SPECIAL.map((content) => ({
      id: vocab[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
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
      single: [token("[CLS]"), text("A", 0), token("[SEP]")],
      pair: [token("[CLS]"), text("A", 0), token("[SEP]"), text("B", 1), { SpecialToken: { id: "[SEP]", type_id: 1 } }],
      special_tokens: Object.fromEntries(["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [vocab[id]], tokens: [id] }])),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}

/** @throws if the two do not split every text alike */
export function mustAgree(a, b, texts) {
  for (const text of texts) {
    const [first, second] = [a, b].map((tokenizer) => String(tokenizer.encodeIds(text, { maxTokens: Infinity })));
    if (first !== second) throw new Error(`the written tokenizer differs from the model's: ${text.slice(0, 80)}`);
  }
}
