// BERT tokenizers as llama.cpp writes them: the vocabulary under tokenizer.ggml.*, what GGUF has no
// key for under kinvec.tokenizer.*, and inferred from the vocabulary where that is missing.
#pragma once

#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "added_tokens.h"
#include "models/vocabulary.h"
#include "models/wordpiece.h"
#include "normalizers/bert_normalizer.h"
#include "tokenizer_parts.h"

namespace kinvec {

struct BertVocabulary {
  Vocabulary vocabulary;
  BertNormalizerOptions normalizer;
  WordPieceOptions wordpiece;
  std::vector<AddedToken> added_tokens;
  std::vector<int32_t> prefix;  // ids before a text, e.g. [CLS]
  std::vector<int32_t> suffix;  // ids after it, e.g. [SEP]
};

/// Reads a file whose tokenizer.ggml.model is "bert". MODEL_FORMAT for damaged values,
/// UNSUPPORTED_TOKENIZER for stages of other kinds.
Result<BertVocabulary> read_bert_vocabulary(const Gguf& gguf);

/// The stages that such a vocabulary goes with. MODEL_FORMAT if it is too large or has no token
/// under the unknown id.
Result<void> add_bert_parts(BertVocabulary&& bert, TokenizerParts& parts);

}  // namespace kinvec
