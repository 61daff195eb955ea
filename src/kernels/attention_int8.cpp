#include <cmath>
#include <cstring>

#include "attention.h"
#include "attention_rows.h"
#include "elementary.h"
#include "gemm.h"

namespace kinvec {

namespace {

constexpr float kLog2E = 1.44269504088896341F;
constexpr float kQueryLimit = 127.0F;
constexpr float kSteps = 255.0F;  // of softmax numerators

/// Largest |x| of a row [n], n a multiple of 8.
float max_abs(const float* x, size_t n) {
  f32x4 even = splat(0.0F);
  f32x4 odd = splat(0.0F);
  for (size_t i = 0; i < n; i += 8) {
    const float* eight = x + i;
    even = max(even, abs(load_f32x4(eight)));
    odd = max(odd, abs(load_f32x4(eight + 4)));
  }
  return max_lane(max(even, odd));
}

/// limit / largest, 0 where that is 0.
f32x4 inverse_or_zero(f32x4 largest, float limit) {
  const i32x4 positive = largest > splat(0.0F);
  return float_from_bits(bits_of(splat(limit) / largest) & positive);
}

/// Writes 4 + 4 int8 values, given as lanes of integers, as the two words of a channel in a panel.
void store_words(int8_t* channel, i32x4 low, i32x4 high) {
#ifdef __wasm_simd128__
  const v128_t words = wasm_i16x8_narrow_i32x4(static_cast<v128_t>(low), static_cast<v128_t>(high));
  const v128_t bytes = wasm_i8x16_narrow_i16x8(words, words);
  wasm_v128_store32_lane(channel, bytes, 0);
  wasm_v128_store32_lane(channel + 4 * kPanelChannels, bytes, 1);
#else
  for (int i = 0; i < 4; ++i) {
    channel[i] = static_cast<int8_t>(low[i]);
    channel[4 * kPanelChannels + i] = static_cast<int8_t>(high[i]);
  }
#endif
}

/// Writes int8 values of 4 channels, given by token (lanes are channels), as 4 words of a panel.
void store_channels(int8_t* words, const i32x4 (&tokens)[4]) {
#ifdef __wasm_simd128__
  const auto lanes = [&](int i) { return static_cast<v128_t>(tokens[i]); };
  const v128_t bytes = wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(lanes(0), lanes(1)),
                                               wasm_i16x8_narrow_i32x4(lanes(2), lanes(3)));
  wasm_v128_store(words, wasm_i8x16_shuffle(bytes, bytes, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3,
                                            7, 11, 15));
#else
  for (int c = 0; c < 4; ++c) {
    for (int t = 0; t < 4; ++t) words[4 * c + t] = static_cast<int8_t>(tokens[t][c]);
  }
#endif
}

/// Keys k [n, head_dim] as int8 panels, channel = token: symmetric per token. Tokens from n to the
/// next multiple of 8 become zeros.
void quantize_keys(const float* k, size_t n, size_t head_dim, float limit, int8_t* panels,
                   float* scales, int32_t* sums) {
  const Rounding round;
  for (size_t t = 0; t < round_up(n, 8); ++t) {
    int8_t* key = panels + t / 8 * 8 * head_dim + t % 8 * 4;
    if (t >= n) {
      for (size_t d = 0; d < head_dim; d += 8) store_words(key + d * 8, splat(0), splat(0));
      scales[t] = 0.0F;
      sums[t] = 0;
      continue;
    }
    const float* row = k + t * head_dim;
    const float largest = max_abs(row, head_dim);
    const f32x4 inverse = inverse_or_zero(splat(largest), limit);
    i32x4 total = splat(0);
    for (size_t d = 0; d < head_dim; d += 8) {
      const float* x = row + d;
      const i32x4 low = round(load_f32x4(x) * inverse);
      const i32x4 high = round(load_f32x4(x + 4) * inverse);
      store_words(key + d * 8, low, high);
      total += low + high;
    }
    scales[t] = largest / limit;
    sums[t] = sum(total);
  }
}

/// Values v [n, head_dim] as int8 panels, channel = position in the head: symmetric per channel
/// over the sequence. A word of a panel holds one channel's values of 4 tokens; tokens past n are
/// zeros.
void quantize_values(const float* v, size_t n, size_t head_dim, float limit, int8_t* panels,
                     float* scales, int32_t* sums) {
  const size_t padded = round_up(n, 4);
  const Rounding round;
  for (size_t d = 0; d < head_dim; d += 8) {
    f32x4 largest[2] = {splat(0.0F), splat(0.0F)};
    for (size_t t = 0; t < n; ++t) {
      const float* x = v + t * head_dim + d;
      for (int half : {0, 1}) largest[half] = max(largest[half], abs(load_f32x4(x + 4 * half)));
    }
    for (int half : {0, 1}) {
      const f32x4 inverse = inverse_or_zero(largest[half], limit);
      const float* x = v + d + 4 * half;
      int8_t* words = panels + d * padded + 16 * half;
      i32x4 total = splat(0);
      const auto quantized = [&](size_t t) {
        const i32x4 q = round(load_f32x4(x + t * head_dim) * inverse);
        total += q;
        return q;
      };
      size_t t = 0;
      for (; t + 4 <= n; t += 4) {
        const i32x4 tokens[4] = {quantized(t), quantized(t + 1), quantized(t + 2),
                                 quantized(t + 3)};
        store_channels(words + t * 8, tokens);
      }
      if (t < n) {
        i32x4 tokens[4] = {};
        for (size_t i = 0; t + i < n; ++i) tokens[i] = quantized(t + i);
        store_channels(words + t * 8, tokens);
      }
      store(scales + d + 4 * half, largest[half] / splat(limit));
      store(sums + d + 4 * half, total);
    }
  }
}

/// Queries q [n, head_dim] as activations around zero point 128. Their scale carries
/// 1 / sqrt(head_dim) and the change to base-2 logits.
void quantize_queries(const float* q, size_t n, size_t head_dim, const ActivationRows& out) {
  const float logit_scale = kLog2E / std::sqrt(static_cast<float>(head_dim));
  const Rounding round(splat(128));
  const ActivationStore store(out.mode);
  for (size_t t = 0; t < n; ++t) {
    const float* row = q + t * head_dim;
    const float largest = max_abs(row, head_dim);
    const f32x4 inverse = inverse_or_zero(splat(largest), kQueryLimit);
    const auto code = [&](size_t d) { return round(load_f32x4(row + d) * inverse); };
    Activation* values = out.values + t * out.stride;
    size_t d = 0;
    for (; d + 16 <= head_dim; d += 16) {
      store(values + d, code(d), code(d + 4), code(d + 8), code(d + 12));
    }
    if (d < head_dim) store(values + d, code(d), code(d + 4), splat(0), splat(0));
    out.scales[t] = largest / kQueryLimit * logit_scale;
    out.zero_points[t] = 128 - dot_offset(out.mode);
  }
}

/// One row of base-2 logits [padded] to softmax numerators 0...255, in row `r` of out; returns
/// their sum. padded is a multiple of 16.
int32_t softmax_numerators(float* row, size_t n, size_t padded, const ActivationRows& out,
                           size_t r) {
  mask_padding(row, n, padded);
  const f32x4 largest = splat(row_max(row, padded));
  i32x4 total = splat(0);
  const Exp2ForSteps exp2;
  const Rounding round;
  const f32x4 steps = splat(*opaque(&kSteps));
  const auto numerator = [&](const float* logits) {
    const i32x4 p = round(exp2(load_f32x4(logits) - largest) * steps);
    total += p;
    return p;
  };
  const ActivationStore store(out.mode);
  Activation* values = out.values + r * out.stride;
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < padded; i += 16) {
    const float* logits = row + i;
    const i32x4 a = numerator(logits);
    const i32x4 b = numerator(logits + 4);
    const i32x4 c = numerator(logits + 8);
    const i32x4 d = numerator(logits + 12);
    store(values + i, a, b, c, d);
  }
  return sum(total);
}

}  // namespace

/// One head of one sequence: its quantised panels and query rows.
struct Int8Head {
  Int8Panels keys;         // n = tokens to a multiple of 8, k = head_dim
  Int8Panels values;       // n = head_dim, k = tokens to a multiple of 4
  ActivationRows queries;  // [n, head_dim]

  Int8Head(const HeadRows& qkv, size_t head, size_t n, const AttentionShape& shape,
           int weight_limit, DotMode mode, AttentionScratch& s) {
    const size_t head_dim = shape.head_dim;
    const auto limit = static_cast<float>(weight_limit);
    auto* key_panels = reinterpret_cast<int8_t*>(s.key_panels_.data());
    auto* value_panels = reinterpret_cast<int8_t*>(s.value_panels_.data());
    quantize_keys(qkv.of(shape.n_heads + head), n, head_dim, limit, key_panels,
                  s.key_scales_.data(), s.key_sums_.data());
    quantize_values(qkv.of(2 * shape.n_heads + head), n, head_dim, limit, value_panels,
                    s.value_scales_.data(), s.value_sums_.data());
    keys = {key_panels, s.key_scales_.data(), s.key_sums_.data(), round_up(n, 8), head_dim};
    values = {value_panels, s.value_scales_.data(), s.value_sums_.data(), head_dim, round_up(n, 4)};
    queries = {s.queries_.data(), round_up(head_dim, 16), s.row_scales_.data(), s.row_zeros_.data(),
               mode};
    quantize_queries(qkv.of(head), n, head_dim, queries);
  }

  ActivationRows query_rows(size_t begin) const {
    return {queries.values + begin * queries.stride, queries.stride, queries.scales + begin,
            queries.zero_points + begin, queries.mode};
  }
};

void attention_int8(const HeadRows& qkv, size_t n, const AttentionShape& shape, int weight_limit,
                    DotMode mode, AttentionScratch& scratch, float* context, float* probabilities) {
  const size_t hidden = shape.hidden();
  const size_t padded = round_up(n, 16);
  const size_t block = score_block_rows(n);
  float* scores = scratch.scores_.data();

  for (size_t h = 0; h < shape.n_heads; ++h) {
    const Int8Head head(qkv, h, n, shape, weight_limit, mode, scratch);
    for (size_t begin = 0; begin < n; begin += block) {
      const size_t rows = std::min(block, n - begin);
      // The queries of this block are spent once their scores are there, so that the softmax rows
      // may take over their scales and zero points.
      const ActivationRows queries = head.query_rows(begin);
      gemm_qd8_qc8w(queries, rows, head.keys, StoreRows{scores, padded});

      const ActivationRows weights{scratch.weights_.data(), padded, queries.scales,
                                   queries.zero_points, mode};
      for (size_t r = 0; r < rows; ++r) {
        const int32_t total = softmax_numerators(scores + r * padded, n, padded, weights, r);
        weights.scales[r] = 1.0F / static_cast<float>(total);
        weights.zero_points[r] = -dot_offset(mode);
        if (probabilities != nullptr) {
          const Activation* p = weights.values + r * padded;
          float* out = probabilities + (h * n + begin + r) * n;
          for (size_t j = 0; j < n; ++j) {
            // Stored less the offset, modulo 256.
            const int32_t q = (p[j] + dot_offset(mode)) & 255;
            out[j] = static_cast<float>(q) / static_cast<float>(total);
          }
        }
      }
      gemm_qd8_qc8w(weights, rows, head.values,
                    StoreRows{context + begin * hidden + h * shape.head_dim, hidden});
    }
  }
}

}  // namespace kinvec
