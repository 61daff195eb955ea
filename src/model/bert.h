// Loads BERT-like text encoders with llama.cpp's tensor names.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "text_model.h"

namespace kinvec {

struct ModelLoadOptions {
  std::optional<WeightDtype> dtype;  // none: f32 for float weights, int8 for quantised ones
  DotMode dot_mode = DotMode::kUnsigned;
};

/// `block` is the memory that `gguf` was parsed from: int8 weights are packed inside it.
Result<TextModel> load_bert(const Gguf& gguf, std::span<std::byte> block,
                            std::string_view architecture, const ModelLoadOptions& options);

}  // namespace kinvec
