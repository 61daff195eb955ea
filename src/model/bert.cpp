#include "bert.h"

#include <string>

#include "tensors.h"

namespace kinvec {

namespace {

Result<Norm> load_norm(const Gguf& gguf, const std::string& name, size_t width) {
  const auto gamma = find_vector(gguf, name + ".weight", width);
  if (!gamma) return gamma.error();
  const auto beta = find_vector(gguf, name + ".bias", width);
  if (!beta) return beta.error();
  return Norm{*gamma, *beta};
}

Result<TextEmbedding> load_embedding(const Gguf& gguf, const EncoderConfig& config) {
  const size_t width = config.hidden_size;
  TextEmbedding embedding;
  auto words = EmbeddingTable::from_gguf(gguf, "token_embd", config.vocab_size, width);
  if (!words) return words.error();
  auto positions = EmbeddingTable::from_gguf(gguf, "position_embd", config.max_positions, width);
  if (!positions) return positions.error();
  auto types = EmbeddingTable::from_gguf(gguf, "token_types", 1, width);
  if (!types) return types.error();
  const auto norm = load_norm(gguf, "token_embd_norm", width);
  if (!norm) return norm.error();
  embedding.words = *words;
  embedding.positions = *positions;
  embedding.type_row.resize(width);
  types->row(0, embedding.type_row.data());
  embedding.norm = *norm;
  embedding.epsilon = config.layer_norm_epsilon;
  return embedding;
}

Result<EncoderLayer> load_layer(const Gguf& gguf, LinearLoader& loader, const EncoderConfig& config,
                                size_t index) {
  const std::string block = "blk." + std::to_string(index) + ".";
  const size_t hidden = config.hidden_size;
  const size_t intermediate = config.intermediate_size;
  EncoderLayer layer;

  const std::string qkv = block + "attn_qkv";
  const bool fused = gguf.find_tensor(qkv + ".weight") != nullptr;
  const std::vector<std::string> qkv_parts =
      fused ? std::vector<std::string>{qkv}
            : std::vector<std::string>{block + "attn_q", block + "attn_k", block + "attn_v"};

  struct Part {
    Linear EncoderLayer::* member;
    std::vector<std::string> parts;
    std::string name;
    size_t in;
    size_t out;
  };
  const Part parts[] = {
      {&EncoderLayer::qkv, qkv_parts, qkv, hidden, 3 * hidden},
      {&EncoderLayer::attn_output, {block + "attn_output"}, block + "attn_output", hidden, hidden},
      {&EncoderLayer::ffn_up, {block + "ffn_up"}, block + "ffn_up", hidden, intermediate},
      {&EncoderLayer::ffn_down, {block + "ffn_down"}, block + "ffn_down", intermediate, hidden},
  };
  for (const Part& part : parts) {
    auto linear = loader.load(part.parts, part.name, part.in, part.out);
    if (!linear) return linear.error();
    layer.*part.member = *linear;
  }

  const auto attn_norm = load_norm(gguf, block + "attn_output_norm", hidden);
  if (!attn_norm) return attn_norm.error();
  const auto output_norm = load_norm(gguf, block + "layer_output_norm", hidden);
  if (!output_norm) return output_norm.error();
  layer.attn_norm = *attn_norm;
  layer.output_norm = *output_norm;
  return layer;
}

// Float weights stay float, since nobody asked for less; quantised ones run on the int8 kernels.
WeightDtype natural_dtype(const Gguf& gguf) {
  const GgufTensor* weights = gguf.find_tensor("blk.0.attn_output.weight");
  if (weights == nullptr) return WeightDtype::kF32;
  return is_float(weights->type) ? WeightDtype::kF32 : WeightDtype::kInt8;
}

}  // namespace

Result<TextModel> load_bert(const Gguf& gguf, std::span<std::byte> block,
                            std::string_view architecture, const ModelLoadOptions& options) {
  const auto config = read_encoder_config(gguf, architecture);
  if (!config) return config.error();
  auto embedding = load_embedding(gguf, *config);
  if (!embedding) return embedding.error();

  TextModel model;
  model.dtype = options.dtype.value_or(natural_dtype(gguf));
  model.embedding = std::move(*embedding);
  LinearLoader loader(gguf, block, model.dtype);
  std::vector<EncoderLayer> layers;
  for (size_t l = 0; l < config->n_layers; ++l) {
    auto layer = load_layer(gguf, loader, *config, l);
    if (!layer) return layer.error();
    layers.push_back(*layer);
  }
  model.owned_bytes = loader.owned_bytes();
  model.buffers = loader.take_buffers();
  model.encoder = Encoder(*config, std::move(layers), options.dot_mode);
  return model;
}

}  // namespace kinvec
