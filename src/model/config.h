// What a model is, as data: read from the file's metadata, obeyed by the encoder and the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

/// How token vectors become one vector; numbered as in `<arch>.pooling_type`.
enum class Pooling : int { kMean = 1, kCls = 2, kLast = 3 };

const char* pooling_name(Pooling pooling);

/// Sizes of a transformer encoder. All widths are multiples of 8, as the panels need. A static
/// model has a width, a vocabulary and a longest input, and no layers.
struct EncoderConfig {
  size_t n_layers = 0;
  size_t hidden_size = 0;
  size_t n_heads = 0;
  size_t intermediate_size = 0;
  size_t vocab_size = 0;
  size_t max_positions = 0;
  float layer_norm_epsilon = 1e-12F;

  size_t head_dim() const { return hidden_size / n_heads; }
};

/// Reads `<architecture>.*`. MODEL_FORMAT when a key is missing or its value is out of range.
Result<EncoderConfig> read_encoder_config(const Gguf& gguf, std::string_view architecture);

/// The same of a static model.
Result<EncoderConfig> read_table_config(const Gguf& gguf, std::string_view architecture);

/// The pooling the file states, if any.
Result<std::optional<Pooling>> read_pooling(const Gguf& gguf, std::string_view architecture);

}  // namespace kinvec
