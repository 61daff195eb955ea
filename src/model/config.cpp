#include "config.h"

#include <string>

#include "../concat.h"
#include "../kernels/panels.h"

namespace kinvec {

namespace {

constexpr uint64_t kMaxLayers = 256;
constexpr uint64_t kMaxPositions = 65536;
constexpr uint64_t kMaxVocabulary = 4'000'000;

// One required count, with the range that the encoder can serve.
struct Field {
  const char* key;
  uint64_t max;
  uint64_t multiple;
  size_t EncoderConfig::* member;
};

constexpr Field kEncoderFields[] = {
    {".block_count", kMaxLayers, 1, &EncoderConfig::n_layers},
    {".embedding_length", kMaxInnerSize, 8, &EncoderConfig::hidden_size},
    {".feed_forward_length", kMaxInnerSize, 8, &EncoderConfig::intermediate_size},
    {".attention.head_count", kMaxInnerSize, 1, &EncoderConfig::n_heads},
    {".context_length", kMaxPositions, 1, &EncoderConfig::max_positions},
};

constexpr Field kTableFields[] = {
    {".embedding_length", kMaxInnerSize, 1, &EncoderConfig::hidden_size},
    {".context_length", kMaxPositions, 1, &EncoderConfig::max_positions},
};

Result<void> read_field(const Gguf& gguf, std::string_view architecture, const Field& field,
                        EncoderConfig& config) {
  const std::string key = std::string(architecture) + field.key;
  const auto value = gguf.get_uint(key);
  if (!value) return format_error(concat({"the model file does not state ", key}));
  if (*value == 0 || *value > field.max || *value % field.multiple != 0) {
    return format_error(concat({key, " is ", *value, "; 1 to ", field.max, " in steps of ",
                                field.multiple, " can be served"}));
  }
  config.*field.member = static_cast<size_t>(*value);
  return {};
}

/// Adds the number of tokens.
Result<EncoderConfig> read_vocabulary_size(const Gguf& gguf, EncoderConfig config) {
  const GgufValue* tokens = gguf.find_array("tokenizer.ggml.tokens");
  if (tokens == nullptr || tokens->size() == 0 || tokens->size() > kMaxVocabulary) {
    return format_error("the model file holds no usable vocabulary");
  }
  config.vocab_size = tokens->size();
  return config;
}

}  // namespace

const char* pooling_name(Pooling pooling) {
  switch (pooling) {
    case Pooling::kMean:
      return "mean";
    case Pooling::kCls:
      return "cls";
    case Pooling::kLast:
      return "last";
  }
  return "unknown";
}

Result<EncoderConfig> read_encoder_config(const Gguf& gguf, std::string_view architecture) {
  EncoderConfig config;
  for (const Field& field : kEncoderFields) {
    if (auto read = read_field(gguf, architecture, field, config); !read) return read.error();
  }
  if (config.hidden_size % config.n_heads != 0 || config.head_dim() % 8 != 0) {
    return format_error("the hidden size must split into heads whose width is a multiple of 8");
  }
  const std::string epsilon_key = concat({architecture, ".attention.layer_norm_epsilon"});
  const double epsilon = gguf.get_float(epsilon_key).value_or(1e-12);
  if (!(epsilon >= 0.0 && epsilon < 1.0)) {
    return format_error(epsilon_key + " is out of range");
  }
  config.layer_norm_epsilon = static_cast<float>(epsilon);

  return read_vocabulary_size(gguf, config);
}

Result<EncoderConfig> read_table_config(const Gguf& gguf, std::string_view architecture) {
  EncoderConfig config;
  for (const Field& field : kTableFields) {
    if (auto read = read_field(gguf, architecture, field, config); !read) return read.error();
  }
  return read_vocabulary_size(gguf, config);
}

Result<std::optional<Pooling>> read_pooling(const Gguf& gguf, std::string_view architecture) {
  const std::string key = concat({architecture, ".pooling_type"});
  const uint64_t type = gguf.get_uint(key).value_or(0);
  if (type > 3) {
    return format_error(concat({key, " is ", type, "; mean (1), cls (2) and last (3) are served"}));
  }
  if (type == 0) return std::optional<Pooling>();
  return std::optional<Pooling>(static_cast<Pooling>(type));
}

}  // namespace kinvec
