// Everything a tokenizer is made from, as data, and how it is read from GGUF metadata.
#pragma once

#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "added_tokens.h"
#include "bert_normalizer.h"
#include "post_processor.h"
#include "vocabulary.h"
#include "wordpiece.h"

namespace kinvec {

struct TokenizerConfig {
  Vocabulary vocabulary;
  BertNormalizerOptions normalizer;
  WordPieceOptions wordpiece;
  std::vector<AddedToken> added_tokens;
  TemplateProcessor special_tokens;
};

/// Reads tokenizer.ggml.* (a vocabulary as llama.cpp writes it) and kinvec.tokenizer.* (what GGUF
/// has no key for). Where the latter are missing, as in a file of llama.cpp, they are inferred from
/// the vocabulary. MODEL_FORMAT for damaged values, UNSUPPORTED_TOKENIZER for other kinds.
Result<TokenizerConfig> read_tokenizer_config(const Gguf& gguf);

}  // namespace kinvec
