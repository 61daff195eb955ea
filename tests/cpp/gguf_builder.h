// Writes small GGUF files in memory for tests.
#pragma once

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "src/gguf.h"

namespace kinvec::testing {

class GgufBuilder {
 public:
  GgufBuilder& set_uint(const std::string& key, uint32_t value) {
    entry(key, GgufType::kUint32);
    put(metadata_, value);
    return *this;
  }
  GgufBuilder& set_float(const std::string& key, float value) {
    entry(key, GgufType::kFloat32);
    put(metadata_, value);
    return *this;
  }
  GgufBuilder& set_bool(const std::string& key, bool value) {
    entry(key, GgufType::kBool);
    put(metadata_, static_cast<uint8_t>(value));
    return *this;
  }
  GgufBuilder& set_string(const std::string& key, const std::string& value) {
    entry(key, GgufType::kString);
    put_string(metadata_, value);
    return *this;
  }
  GgufBuilder& set_strings(const std::string& key, const std::vector<std::string>& values) {
    array(key, GgufType::kString, values.size());
    for (const auto& value : values) put_string(metadata_, value);
    return *this;
  }
  GgufBuilder& set_ints(const std::string& key, const std::vector<int32_t>& values) {
    array(key, GgufType::kInt32, values.size());
    for (const int32_t value : values) put(metadata_, value);
    return *this;
  }
  GgufBuilder& set_bytes(const std::string& key, const std::string& values) {
    array(key, GgufType::kUint8, values.size());
    for (const char value : values) put(metadata_, value);
    return *this;
  }
  GgufBuilder& set_floats(const std::string& key, const std::vector<float>& values) {
    array(key, GgufType::kFloat32, values.size());
    for (const float value : values) put(metadata_, value);
    return *this;
  }

  GgufBuilder& add_tensor(const std::string& name, TensorType type,
                          const std::vector<uint64_t>& shape, const void* data, size_t bytes) {
    ++n_tensors_;
    put_string(records_, name);
    put(records_, static_cast<uint32_t>(shape.size()));
    for (const uint64_t extent : shape) put(records_, extent);
    put(records_, static_cast<uint32_t>(type));
    put(records_, static_cast<uint64_t>(data_.size()));
    data_.insert(data_.end(), static_cast<const char*>(data),
                 static_cast<const char*>(data) + bytes);
    data_.resize((data_.size() + kAlignment - 1) / kAlignment * kAlignment);
    return *this;
  }
  GgufBuilder& add_floats(const std::string& name, const std::vector<uint64_t>& shape,
                          const std::vector<float>& values) {
    return add_tensor(name, TensorType::kF32, shape, values.data(), values.size() * 4);
  }

  std::vector<std::byte> build() const {
    std::string out = "GGUF";
    put(out, uint32_t{3});
    put(out, n_tensors_);
    put(out, n_entries_);
    out += metadata_;
    out += records_;
    out.resize((out.size() + kAlignment - 1) / kAlignment * kAlignment);
    out += data_;
    std::vector<std::byte> bytes(out.size());
    std::memcpy(bytes.data(), out.data(), out.size());
    return bytes;
  }

 private:
  static constexpr size_t kAlignment = 32;

  template <class T>
  static void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  static void put_string(std::string& out, const std::string& value) {
    put(out, static_cast<uint64_t>(value.size()));
    out += value;
  }
  void entry(const std::string& key, GgufType type) {
    ++n_entries_;
    put_string(metadata_, key);
    put(metadata_, static_cast<uint32_t>(type));
  }
  void array(const std::string& key, GgufType type, size_t count) {
    entry(key, GgufType::kArray);
    put(metadata_, static_cast<uint32_t>(type));
    put(metadata_, static_cast<uint64_t>(count));
  }

  uint64_t n_tensors_ = 0;
  uint64_t n_entries_ = 0;
  std::string metadata_;
  std::string records_;
  std::string data_;
};

/// A random two-layer BERT with a vocabulary of a few words, letters and ##letters.
struct TinyBert {
  size_t hidden = 32;
  size_t intermediate = 64;
  size_t n_heads = 2;
  size_t n_layers = 2;
  size_t max_positions = 600;
  bool state_pooling = true;

  std::vector<std::string> vocabulary() const {
    std::vector<std::string> words{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    for (const char* word : {"the", "cat", "sat", "on", "a", "mat", ".", "!"}) {
      words.push_back("\xe2\x96\x81" + std::string(word));
    }
    for (char c = 'a'; c <= 'z'; ++c) {
      if (c != 'a') words.push_back("\xe2\x96\x81" + std::string(1, c));
      words.emplace_back(1, c);
    }
    return words;
  }

  GgufBuilder describe() const {
    GgufBuilder builder;
    const auto words = vocabulary();
    std::vector<int32_t> types(words.size(), 1);
    for (const size_t special : {0, 2, 3, 4}) types[special] = 3;
    types[1] = 2;
    builder.set_string("general.architecture", "bert")
        .set_string("general.name", "tiny")
        .set_uint("bert.block_count", static_cast<uint32_t>(n_layers))
        .set_uint("bert.embedding_length", static_cast<uint32_t>(hidden))
        .set_uint("bert.feed_forward_length", static_cast<uint32_t>(intermediate))
        .set_uint("bert.attention.head_count", static_cast<uint32_t>(n_heads))
        .set_uint("bert.context_length", static_cast<uint32_t>(max_positions))
        .set_float("bert.attention.layer_norm_epsilon", 1e-12F)
        .set_string("tokenizer.ggml.model", "bert")
        .set_strings("tokenizer.ggml.tokens", words)
        .set_ints("tokenizer.ggml.token_type", types)
        .set_uint("tokenizer.ggml.padding_token_id", 0)
        .set_uint("tokenizer.ggml.unknown_token_id", 1)
        .set_uint("tokenizer.ggml.cls_token_id", 2)
        .set_uint("tokenizer.ggml.seperator_token_id", 3)
        .set_uint("tokenizer.ggml.mask_token_id", 4);
    if (state_pooling) builder.set_uint("bert.pooling_type", 1);
    return builder;
  }

  std::vector<std::byte> build() const {
    GgufBuilder builder = describe();
    add_tensors(builder);
    return builder.build();
  }

  void add_tensors(GgufBuilder& builder) const {
    std::mt19937 random(42);
    std::normal_distribution<float> normal(0.0F, 0.3F);
    const auto add = [&](const std::string& name, const std::vector<uint64_t>& shape,
                         float centre = 0) {
      size_t count = 1;
      for (const uint64_t extent : shape) count *= extent;
      std::vector<float> values(count);
      for (float& value : values) value = centre + normal(random);
      builder.add_floats(name, shape, values);
    };
    add("token_embd.weight", {hidden, vocabulary().size()});
    add("position_embd.weight", {hidden, max_positions});
    add("token_types.weight", {hidden, 2});
    add("token_embd_norm.weight", {hidden}, 1);
    add("token_embd_norm.bias", {hidden});
    for (size_t l = 0; l < n_layers; ++l) {
      const std::string block = "blk." + std::to_string(l) + ".";
      for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
        add(block + name + ".weight", {hidden, hidden});
        add(block + name + ".bias", {hidden});
      }
      add(block + "attn_output_norm.weight", {hidden}, 1);
      add(block + "attn_output_norm.bias", {hidden});
      add(block + "ffn_up.weight", {hidden, intermediate});
      add(block + "ffn_up.bias", {intermediate});
      add(block + "ffn_down.weight", {intermediate, hidden});
      add(block + "ffn_down.bias", {hidden});
      add(block + "layer_output_norm.weight", {hidden}, 1);
      add(block + "layer_output_norm.bias", {hidden});
    }
  }
};

}  // namespace kinvec::testing
