// A linear layer y = W x + b in the form its kernel reads, and its loading from a model file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "../kernels/aligned_buffer.h"
#include "../kernels/panels.h"

namespace kinvec {

/// How linear layers are computed: f32 throughout, or weights of eight or of seven bits times 8-bit
/// activations. Seven bits are exact also where the relaxed dot product saturates.
enum class WeightDtype { kF32, kInt8, kInt7 };

inline int weight_limit(WeightDtype dtype) {
  return dtype == WeightDtype::kInt7 ? kInt7Limit : kInt8Limit;
}

struct Linear {
  size_t in = 0;
  size_t out = 0;
  WeightDtype dtype = WeightDtype::kF32;
  FloatPanels f32;              // when dtype is kF32
  Int8Panels int8;              // unless dtype is kF32
  const float* bias = nullptr;  // [out]

  // For 8-bit activations only; null for none.
  const float* inverse_smooth = nullptr;  // [in], multiplies the input before it is quantised
  // The first token of a sequence ([CLS]) carries activations of a size that no other token has, in
  // a few channels and nearly the same in every text (Sun et al., Massive Activations in Large
  // Language Models, 2024). In one scale with them the rest of its row would be lost, so that a
  // fixed part is taken off before quantising and comes back through a bias of its own:
  // W x + b = W (x - first_mean) + first_bias.
  const float* first_mean = nullptr;  // [in]
  const float* first_bias = nullptr;  // [out], b + W first_mean
};

/// Builds linear layers from a file's tensors and owns what it had to copy. Int8 weights that are
/// stored as kinvec stores them are packed in place, inside the file's block.
class LinearLoader {
 public:
  /// `block` is the memory that `gguf` was parsed from; both must outlive the layers.
  LinearLoader(const Gguf& gguf, std::span<std::byte> block, WeightDtype dtype)
      : gguf_(gguf), block_(block), dtype_(dtype) {}

  /// The layer whose output rows are the named tensors one below another: {"blk.0.ffn_up"}, or
  /// {"blk.0.attn_q", "blk.0.attn_k", "blk.0.attn_v"}. `fused` names what the layer has once:
  /// `<fused>.smooth`, `<fused>.first_mean` and `<fused>.first_bias`, all optional.
  Result<Linear> load(const std::vector<std::string>& parts, const std::string& fused, size_t in,
                      size_t out);

  /// Bytes copied so far.
  size_t owned_bytes() const { return owned_bytes_; }

  /// Hands over the memory that the layers read.
  std::vector<AlignedBuffer<std::byte>> take_buffers() { return std::move(buffers_); }

 private:
  template <class T>
  Result<T*> allocate(size_t count);
  Result<void> load_bias(const std::vector<std::string>& parts, Linear& linear);
  Result<void> load_smooth(const std::string& fused, Linear& linear);
  Result<void> load_first_token(const std::string& fused, Linear& linear);
  Result<void> pack_int8(const std::vector<const GgufTensor*>& tensors,
                         const std::vector<const float*>& scales, Linear& linear);
  Result<void> pack_f32(const std::vector<const GgufTensor*>& tensors,
                        const std::vector<const float*>& scales, Linear& linear);

  const Gguf& gguf_;
  std::span<std::byte> block_;
  WeightDtype dtype_;
  std::vector<AlignedBuffer<std::byte>> buffers_;
  size_t owned_bytes_ = 0;
};

}  // namespace kinvec
