// What the converter wants to know of the inputs of an encoder's linear layers over example texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../error.h"
#include "../kernels/aligned_buffer.h"
#include "config.h"

namespace kinvec {

/// Gathered in passes over the same texts: the first finds ranges and means, each later one second
/// moments about those means, of as many layers as there is memory for. First tokens of sequences
/// are kept apart from all others (see Linear::first_mean).
class Calibration {
 public:
  explicit Calibration(const EncoderConfig& config);

  /// The next pass gathers the second moments of layers [first_layer, first_layer + n_layers).
  /// INVALID_ARGUMENT for layers that are not there; OUT_OF_MEMORY.
  Result<void> begin_moments(size_t first_layer, size_t n_layers);

  /// To be called before each forward over n tokens. OUT_OF_MEMORY.
  Result<void> begin_forward(size_t n);
  /// Takes each linear layer's input x [n, width] in turn: of qkv, attn_output, ffn_up, ffn_down.
  /// is_first [n]: 1 for the first token of a sequence.
  void observe(const float* x, size_t n, size_t width, const uint8_t* is_first);

  /// [5, channels]; channels are those of all inputs, per layer of qkv, attn_output, ffn_up [hidden
  /// each] and ffn_down [intermediate]. The largest |x| of tokens other than a sequence's first,
  /// the smallest and the largest x of first tokens, the mean of the others, the mean of firsts.
  std::span<const float> inputs() const { return inputs_; }

  /// [n_layers, (hidden^2 | hidden^2 | hidden^2 | intermediate^2)]: the sum over tokens of
  /// (x - mean) (x - mean)^T / sqrt(tokens of the text), with the mean of first tokens for those.
  /// Lower triangles only.
  std::span<const float> moments() const { return {moments_.data(), moments_.size()}; }

 private:
  size_t channels() const { return inputs_.size() / 5; }
  size_t layer_moments() const;
  void track(const float* x, size_t n, size_t width, const uint8_t* is_first);
  void add_moments(const float* x, size_t n, size_t width, const uint8_t* is_first, float* sums);

  EncoderConfig config_;
  std::vector<float> inputs_;
  size_t first_layer_ = 0;  // of the layers whose moments are gathered
  size_t n_layers_ = 0;     // 0: this pass finds ranges and means
  AlignedBuffer<float> moments_;
  AlignedBuffer<float> scratch_;  // rows less their mean, and what adding moments needs

  // Where forward() has come to.
  size_t linear_ = 0;
  size_t channel_ = 0;
  float* sums_ = nullptr;
  // Tokens of earlier forward passes.
  size_t n_firsts_ = 0;
  size_t n_others_ = 0;
};

}  // namespace kinvec
