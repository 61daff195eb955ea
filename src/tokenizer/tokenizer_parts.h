// Everything a tokenizer is made from, and how it is read from GGUF metadata.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "added_tokens.h"
#include "decoders/decoder.h"
#include "models/model.h"
#include "post_processors/post_processor.h"
#include "text_pipeline.h"

namespace kinvec {

struct TokenizerParts {
  std::vector<AddedToken> added_tokens;  // ascending by id
  TextPipeline pipeline;
  std::unique_ptr<Model> model;
  PostProcessor post_processor;
  std::vector<std::unique_ptr<Decoder>> decoders;
};

/// Reads kinvec.tokenizer.*, which has the stages of a tokenizer.json under their names there, or,
/// without it, a vocabulary as llama.cpp writes it under tokenizer.ggml.*. MODEL_FORMAT for damaged
/// values; UNSUPPORTED_TOKENIZER, with its name, for a stage or a parameter that is not supported.
Result<void> read_tokenizer_parts(const Gguf& gguf, TokenizerParts& parts);

/// kinvec.tokenizer.added_tokens and .added_token_flags, ascending by id; none if they are missing.
Result<std::vector<AddedToken>> read_added_tokens(const Gguf& gguf);

}  // namespace kinvec
