#include "encoder.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "../concat.h"
#include "../kernels/elementary.h"
#include "../kernels/gemm.h"
#include "../kernels/norm.h"

namespace kinvec {

namespace {

// The bias of a row: first tokens may have one of their own.
struct RowBias {
  const float* bias;
  const float* first_bias;
  const uint8_t* is_first;

  RowBias(const Linear& linear, const uint8_t* first_rows)
      : bias(linear.bias),
        first_bias(linear.first_bias == nullptr ? linear.bias : linear.first_bias),
        is_first(first_rows) {}

  const float* operator()(size_t row) const { return is_first[row] != 0 ? first_bias : bias; }
};

// Epilogues of the linear layers: what happens to eight finished channels of a row.

template <class Activation>
struct AddBiasActivate {
  RowBias bias;
  float* out;
  size_t stride;
  Activation activation = {};

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    const float* b = bias(row) + channel;
    float* dst = out + row * stride + channel;
    store(dst, activation(low + load_f32x4(b)));
    store(dst + 4, activation(high + load_f32x4(b + 4)));
  }
};

// The projection of queries, keys and values, in blocks of [rows, head_dim] as attention reads
// them.
struct AddBiasByHead {
  RowBias bias;
  float* out;
  size_t rows;
  size_t head_dim;

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    const float* b = bias(row) + channel;
    float* dst = out + (channel / head_dim * rows + row) * head_dim + channel % head_dim;
    store(dst, low + load_f32x4(b));
    store(dst + 4, high + load_f32x4(b + 4));
  }
};

struct AddBiasResidual {
  RowBias bias;
  float* hidden;  // in and out
  size_t stride;

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    const float* b = bias(row) + channel;
    float* dst = hidden + row * stride + channel;
    store(dst, low + load_f32x4(b) + load_f32x4(dst));
    store(dst + 4, high + load_f32x4(b + 4) + load_f32x4(dst + 4));
  }
};

// Rows of activations are written 16 at a time.
size_t padded_width(size_t width) { return (width + 15) / 16 * 16; }

}  // namespace

Encoder::Arena::Arena(const EncoderConfig& config, size_t n_tokens)
    : max_tokens(n_tokens),
      attention(n_tokens, config.head_dim()),
      qkv(n_tokens * 3 * config.hidden_size),
      context(n_tokens * config.hidden_size),
      feed_forward(n_tokens * config.intermediate_size),
      activations(n_tokens * padded_width(std::max(config.hidden_size, config.intermediate_size))),
      row_scales(n_tokens),
      row_zeros(n_tokens),
      is_first(n_tokens),
      centred(std::max(config.hidden_size, config.intermediate_size)) {}

bool Encoder::Arena::allocated() const {
  return attention.allocated() && qkv.data() != nullptr && context.data() != nullptr &&
         feed_forward.data() != nullptr && activations.data() != nullptr &&
         row_scales.data() != nullptr && row_zeros.data() != nullptr &&
         is_first.data() != nullptr && centred.data() != nullptr;
}

size_t Encoder::Arena::bytes() const {
  return attention.bytes() + sizeof(Activation) * activations.size() + is_first.size() +
         4 * (qkv.size() + context.size() + feed_forward.size() + row_scales.size() +
              row_zeros.size() + centred.size());
}

Encoder::Encoder(const EncoderConfig& config, std::vector<EncoderLayer> layers, DotMode dot_mode)
    : config_(config), layers_(std::move(layers)), dot_mode_(dot_mode) {}

Result<void> Encoder::reserve(size_t n_tokens) {
  if (layers_.empty() || n_tokens <= arena_.max_tokens) return {};
  Arena larger(config_, n_tokens);
  if (!larger.allocated()) {
    return Error{ErrorCode::kOutOfMemory,
                 concat({"there is no memory left to encode ", n_tokens, " tokens"})};
  }
  arena_ = std::move(larger);
  return {};
}

void Encoder::forward(float* hidden, std::span<const uint32_t> offsets, const EncoderTrace& trace) {
  const size_t n = offsets.back();
  const size_t width = config_.hidden_size;
  const float epsilon = config_.layer_norm_epsilon;
  const auto keep_hidden = [&](size_t layer) {
    if (trace.hidden_states != nullptr) {
      std::memcpy(trace.hidden_states + layer * n * width, hidden, n * width * sizeof(float));
    }
  };

  if (!layers_.empty()) mark_first_tokens(offsets);
  const uint8_t* first = arena_.is_first.data();
  keep_hidden(0);
  for (size_t l = 0; l < layers_.size(); ++l) {
    const EncoderLayer& layer = layers_[l];
    apply(layer.qkv, hidden, n,
          AddBiasByHead{RowBias(layer.qkv, first), arena_.qkv.data(), n, config_.head_dim()});
    attend(arena_.qkv.data(), offsets,
           trace.attentions == nullptr ? nullptr : trace.attentions + l * config_.n_heads * n * n);
    apply(layer.attn_output, arena_.context.data(), n,
          AddBiasResidual{RowBias(layer.attn_output, first), hidden, width});
    layer_norm(hidden, n, layer.attn_norm.gamma, layer.attn_norm.beta, width, epsilon);

    feed_forward_up(layer.ffn_up, hidden, n);
    apply(layer.ffn_down, arena_.feed_forward.data(), n,
          AddBiasResidual{RowBias(layer.ffn_down, first), hidden, width});
    layer_norm(hidden, n, layer.output_norm.gamma, layer.output_norm.beta, width, epsilon);
    keep_hidden(l + 1);
  }
}

// The result is rounded to 8 bits next unless the weights are f32: then GELU must be exact.
void Encoder::feed_forward_up(const Linear& linear, const float* hidden, size_t n) {
  const RowBias bias(linear, arena_.is_first.data());
  float* out = arena_.feed_forward.data();
  const size_t width = config_.intermediate_size;
  apply(linear, hidden, n, AddBiasActivate<Gelu>{bias, out, width},
        AddBiasActivate<GeluForSteps>{bias, out, width});
}

template <class Epilogue>
void Encoder::apply(const Linear& linear, const float* x, size_t n, const Epilogue& epilogue) {
  apply(linear, x, n, epilogue, epilogue);
}

template <class FloatEpilogue, class Int8Epilogue>
void Encoder::apply(const Linear& linear, const float* x, size_t n,
                    const FloatEpilogue& float_epilogue, const Int8Epilogue& int8_epilogue) {
  if (calibration_ != nullptr) {
    calibration_->observe(x, n, linear.in, arena_.is_first.data());
  }
  if (linear.dtype == WeightDtype::kF32) {
    gemm_f32(x, linear.in, n, linear.f32, float_epilogue);
    return;
  }
  const ActivationRows rows{arena_.activations.data(), padded_width(linear.in),
                            arena_.row_scales.data(), arena_.row_zeros.data(), dot_mode_};
  for (size_t r = 0; r < n; ++r) {
    const float* row = x + r * linear.in;
    if (arena_.is_first[r] != 0 && linear.first_mean != nullptr) {
      float* centred = arena_.centred.data();
      for (size_t i = 0; i < linear.in; i += 4) {
        store(centred + i, load_f32x4(row + i) - load_f32x4(linear.first_mean + i));
      }
      row = centred;
    }
    quantize_row(row, linear.inverse_smooth, linear.in, rows, r);
  }
  gemm_qd8_qc8w(rows, n, linear.int8, int8_epilogue);
}

void Encoder::attend(const float* qkv, std::span<const uint32_t> offsets, float* attentions) {
  const size_t width = config_.hidden_size;
  const size_t n = offsets.back();
  const AttentionShape shape{config_.n_heads, config_.head_dim()};
  for (size_t s = 0; s + 1 < offsets.size(); ++s) {
    const size_t begin = offsets[s];
    const size_t len = offsets[s + 1] - begin;
    if (len == 0) continue;
    const HeadRows rows{qkv + begin * shape.head_dim, n * shape.head_dim};
    float* context = arena_.context.data() + begin * width;
    const WeightDtype dtype = layers_[0].qkv.dtype;
    if (dtype == WeightDtype::kF32) {
      attention_f32(rows, len, shape, arena_.attention, context, attentions);
    } else {
      attention_int8(rows, len, shape, weight_limit(dtype), dot_mode_, arena_.attention, context,
                     attentions);
    }
  }
}

void Encoder::mark_first_tokens(std::span<const uint32_t> offsets) {
  std::memset(arena_.is_first.data(), 0, offsets.back());
  for (size_t s = 0; s + 1 < offsets.size(); ++s) {
    if (offsets[s] < offsets[s + 1]) arena_.is_first[offsets[s]] = 1;
  }
}

}  // namespace kinvec
