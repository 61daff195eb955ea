// Transformer encoder of the BERT family: post-norm blocks of attention and a GELU feed-forward.
//
// It takes hidden rows and offsets, not token ids, so that anything that can be laid out as rows
// (tokens, image patches, sound frames) can be encoded. Sequences lie end to end; nothing is padded
// or masked, and a sequence's result does not depend on its neighbours, bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../error.h"
#include "../kernels/activation_rows.h"
#include "../kernels/aligned_buffer.h"
#include "../kernels/attention.h"
#include "calibration.h"
#include "config.h"
#include "linear.h"

namespace kinvec {

/// Weight and bias of a LayerNorm, [hidden_size] each.
struct Norm {
  const float* gamma = nullptr;
  const float* beta = nullptr;
};

struct EncoderLayer {
  Linear qkv;          // hidden -> 3 * hidden
  Linear attn_output;  // hidden -> hidden
  Norm attn_norm;
  Linear ffn_up;    // hidden -> intermediate
  Linear ffn_down;  // intermediate -> hidden
  Norm output_norm;
};

/// What a caller may ask to see of a forward pass over one sequence of n tokens; null: not asked.
struct EncoderTrace {
  float* hidden_states = nullptr;  // [n_layers + 1, n, hidden]: the input, then after each layer
  float* attentions = nullptr;     // [n_layers, n_heads, n, n]
};

class Encoder {
 public:
  Encoder() = default;
  Encoder(const EncoderConfig& config, std::vector<EncoderLayer> layers, DotMode dot_mode);

  const EncoderConfig& config() const { return config_; }

  /// Makes the arena large enough for forward() over n_tokens rows; it never shrinks.
  /// OUT_OF_MEMORY leaves the encoder as it was.
  Result<void> reserve(size_t n_tokens);
  size_t arena_bytes() const { return arena_.bytes(); }

  /// hidden [n_tokens, hidden_size], in and out; without layers they stay as they are. Sequence s
  /// is rows offsets[s]...offsets[s + 1]; offsets starts at 0; its last entry is n_tokens, for
  /// which reserve() must have been called. With a trace, offsets must hold one sequence.
  void forward(float* hidden, std::span<const uint32_t> offsets, const EncoderTrace& trace = {});

  /// From now on forward() shows each linear layer's input to `calibration`; null stops it.
  void set_calibration(Calibration* calibration) { calibration_ = calibration; }

 private:
  // Everything forward() writes besides its argument.
  struct Arena {
    size_t max_tokens = 0;
    AttentionScratch attention;
    AlignedBuffer<float> qkv;               // [max_tokens, 3 * hidden]
    AlignedBuffer<float> context;           // [max_tokens, hidden]
    AlignedBuffer<float> feed_forward;      // [max_tokens, intermediate]
    AlignedBuffer<Activation> activations;  // [max_tokens, widest input]
    AlignedBuffer<float> row_scales;        // [max_tokens]
    AlignedBuffer<int32_t> row_zeros;       // [max_tokens]
    AlignedBuffer<uint8_t> is_first;        // [max_tokens], 1 for the first token of a sequence
    AlignedBuffer<float> centred;           // [widest input], a first token less its mean

    Arena() = default;
    Arena(const EncoderConfig& config, size_t n_tokens);
    bool allocated() const;
    size_t bytes() const;
  };

  template <class Epilogue>
  void apply(const Linear& linear, const float* x, size_t n, const Epilogue& epilogue);
  template <class FloatEpilogue, class Int8Epilogue>
  void apply(const Linear& linear, const float* x, size_t n, const FloatEpilogue& float_epilogue,
             const Int8Epilogue& int8_epilogue);
  void feed_forward_up(const Linear& linear, const float* hidden, size_t n);
  void attend(const float* qkv, std::span<const uint32_t> offsets, float* attentions);
  void mark_first_tokens(std::span<const uint32_t> offsets);

  EncoderConfig config_;
  std::vector<EncoderLayer> layers_;
  DotMode dot_mode_ = DotMode::kUnsigned;
  Arena arena_;
  Calibration* calibration_ = nullptr;
};

}  // namespace kinvec
