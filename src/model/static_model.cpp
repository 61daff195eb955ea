#include "static_model.h"

namespace kinvec {

Result<TextModel> load_static(const Gguf& gguf, std::span<std::byte> /*block*/,
                              std::string_view architecture, const ModelLoadOptions& /*options*/) {
  auto config = read_table_config(gguf, architecture);
  if (!config) return config.error();
  const auto words =
      EmbeddingTable::from_gguf(gguf, "token_embd", config->vocab_size, config->hidden_size);
  if (!words) return words.error();

  TextModel model;
  model.dtype = words->holds_floats() ? WeightDtype::kF32 : WeightDtype::kInt8;
  model.embedding.words = *words;
  if (const auto unknown = gguf.get_uint("tokenizer.ggml.unknown_token_id")) {
    model.embedding.unknown_id = static_cast<int64_t>(*unknown);
  }
  model.encoder = Encoder(*config, {}, DotMode::kUnsigned);
  return model;
}

}  // namespace kinvec
