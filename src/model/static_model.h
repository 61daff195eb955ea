// Static sentence models: a table of token vectors, and a text's vector is the mean of its tokens'.
#pragma once

#include <span>
#include <string_view>

#include "../error.h"
#include "../gguf.h"
#include "bert.h"
#include "text_model.h"

namespace kinvec {

/// Loads a table of token vectors as a text model whose encoder has no layers. The table stays as
/// the file stores it, whatever `options` say of weights.
Result<TextModel> load_static(const Gguf& gguf, std::span<std::byte> block,
                              std::string_view architecture, const ModelLoadOptions& options);

}  // namespace kinvec
