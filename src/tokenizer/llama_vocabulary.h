// Tokenizers as llama.cpp writes them, told again in the terms of a tokenizer.json, so that the
// stages are read in one way only. BERT's have a reader of their own.
#pragma once

#include <cstddef>
#include <vector>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

/// A GGUF block with the kinvec.tokenizer.* keys that say the same as a file whose
/// tokenizer.ggml.model is "gpt2" (byte-level BPE) or "t5" (Unigram). Where llama.cpp and the
/// reference tokenizer of such models differ, the reference is followed. MODEL_FORMAT for damaged
/// values; UNSUPPORTED_TOKENIZER, by name, for other models and for splittings that are not known.
Result<std::vector<std::byte>> describe_llama_vocabulary(const Gguf& gguf);

}  // namespace kinvec
