// How a file says that its tokenizer is to be used.
#pragma once

#include "../error.h"
#include "../gguf.h"
#include "encoding.h"

namespace kinvec {

/// Reads kinvec.tokenizer.truncation, which has the names and values of a tokenizer.json, or the
/// limit of the model that the file holds; without either, nothing is cut. MODEL_FORMAT for damaged
/// values.
Result<EncodeOptions> read_encode_options(const Gguf& gguf);

}  // namespace kinvec
