#include <cmath>
#include <cstring>

#include "attention.h"
#include "attention_rows.h"
#include "elementary.h"
#include "gemm.h"

namespace kinvec {

namespace {

constexpr float kLog2E = 1.44269504088896341F;

/// Largest |x| of a row [n], n a multiple of 4.
float max_abs(const float* x, size_t n) {
  f32x4 largest = splat(0.0F);
  for (size_t i = 0; i < n; i += 4) largest = max(largest, abs(load_f32x4(x + i)));
  return max_lane(largest);
}

float inverse_or_zero(float largest, float limit) {
  return largest > 0.0F ? limit / largest : 0.0F;
}

/// Four int8 values, given as lanes of integers, as the four bytes of a word.
uint32_t pack_bytes(i32x4 q) {
#ifdef __wasm_simd128__
  const v128_t words = wasm_i16x8_narrow_i32x4(static_cast<v128_t>(q), static_cast<v128_t>(q));
  return static_cast<uint32_t>(wasm_i32x4_extract_lane(wasm_i8x16_narrow_i16x8(words, words), 0));
#else
  uint32_t word = 0;
  for (int i = 0; i < 4; ++i) word |= (static_cast<uint32_t>(q[i]) & 255U) << (8 * i);
  return word;
#endif
}

/// Keys as int8 panels, channel = token: symmetric per token. Tokens from n to the next multiple of
/// 8 become zeros.
void quantize_keys(const float* k, size_t stride, size_t n, size_t head_dim, float limit,
                   int8_t* panels, float* scales, int32_t* sums) {
  for (size_t t = 0; t < round_up(n, 8); ++t) {
    int8_t* key = panels + t / 8 * 8 * head_dim + t % 8 * 4;
    const float* x = k + t * stride;
    const float largest = t < n ? max_abs(x, head_dim) : 0.0F;
    const f32x4 inverse = splat(inverse_or_zero(largest, limit));
    i32x4 total = splat(0);
    for (size_t d = 0; d < head_dim; d += 4) {
      const i32x4 q = t < n ? round_to_int(load_f32x4(x + d) * inverse) : splat(0);
      const uint32_t bytes = pack_bytes(q);
      std::memcpy(key + d * 8, &bytes, 4);
      total += q;
    }
    scales[t] = largest / limit;
    sums[t] = sum(total);
  }
}

/// Values as int8 panels, channel = position in the head: symmetric per channel over the sequence.
/// A word of a panel holds one channel's values of 4 tokens; tokens past n are zeros.
void quantize_values(const float* v, size_t stride, size_t n, size_t head_dim, float limit,
                     int8_t* panels, float* scales, int32_t* sums) {
  const size_t padded = round_up(n, 4);
  for (size_t d = 0; d < head_dim; d += 4) {
    f32x4 largest = splat(0.0F);
    for (size_t t = 0; t < n; ++t) largest = max(largest, abs(load_f32x4(v + t * stride + d)));
    f32x4 inverse;
    for (int i = 0; i < 4; ++i) inverse[i] = inverse_or_zero(largest[i], limit);

    int8_t* panel = panels + d / 8 * 8 * padded + d % 8 * 4;
    i32x4 total = splat(0);
    for (size_t t = 0; t < padded; t += 4) {
      i32x4 words = splat(0);
      for (size_t i = 0; i < 4 && t + i < n; ++i) {
        const i32x4 q = round_to_int(load_f32x4(v + (t + i) * stride + d) * inverse);
        total += q;
        words |= (q & splat(255)) << static_cast<int32_t>(8 * i);
      }
      std::memcpy(panel + t * 8, &words, 16);
    }
    store(scales + d, largest / splat(limit));
    store(sums + d, total);
  }
}

/// Queries as activations around zero point 128. Their scale carries 1 / sqrt(head_dim) and the
/// change to base-2 logits.
void quantize_queries(const float* q, size_t stride, size_t n, size_t head_dim,
                      const ActivationRows& out) {
  const float logit_scale = kLog2E / std::sqrt(static_cast<float>(head_dim));
  for (size_t t = 0; t < n; ++t) {
    const float* x = q + t * stride;
    const float largest = max_abs(x, head_dim);
    const f32x4 inverse = splat(inverse_or_zero(largest, 127.0F));
    const auto code = [&](size_t d) {
      return d < head_dim ? round_to_int(load_f32x4(x + d) * inverse) + splat(128) : splat(0);
    };
    for (size_t d = 0; d < head_dim; d += 16) {
      store_activations(out.values + t * out.stride + d, code(d), code(d + 4), code(d + 8),
                        code(d + 12), out.mode);
    }
    out.scales[t] = largest / 127.0F * logit_scale;
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
  const auto numerator = [&](size_t i) {
    const i32x4 p = round_to_int(exp2_for_steps(load_f32x4(row + i) - largest) * splat(255.0F));
    total += p;
    return p;
  };
  Activation* values = out.values + r * out.stride;
  for (size_t i = 0; i < padded; i += 16) {
    const i32x4 a = numerator(i);
    const i32x4 b = numerator(i + 4);
    const i32x4 c = numerator(i + 8);
    const i32x4 d = numerator(i + 12);
    store_activations(values + i, a, b, c, d, out.mode);
  }
  return sum(total);
}

}  // namespace

/// One head of one sequence: its quantised panels and query rows.
struct Int8Head {
  Int8Panels keys;         // n = tokens to a multiple of 8, k = head_dim
  Int8Panels values;       // n = head_dim, k = tokens to a multiple of 4
  ActivationRows queries;  // [n, head_dim]

  Int8Head(const float* q, size_t hidden, size_t n, size_t head_dim, int weight_limit, DotMode mode,
           AttentionScratch& s) {
    const size_t stride = 3 * hidden;
    const auto limit = static_cast<float>(weight_limit);
    auto* key_panels = reinterpret_cast<int8_t*>(s.key_panels_.data());
    auto* value_panels = reinterpret_cast<int8_t*>(s.value_panels_.data());
    quantize_keys(q + hidden, stride, n, head_dim, limit, key_panels, s.key_scales_.data(),
                  s.key_sums_.data());
    quantize_values(q + 2 * hidden, stride, n, head_dim, limit, value_panels,
                    s.value_scales_.data(), s.value_sums_.data());
    keys = {key_panels, s.key_scales_.data(), s.key_sums_.data(), round_up(n, 8), head_dim};
    values = {value_panels, s.value_scales_.data(), s.value_sums_.data(), head_dim, round_up(n, 4)};
    queries = {s.queries_.data(), round_up(head_dim, 16), s.row_scales_.data(), s.row_zeros_.data(),
               mode};
    quantize_queries(q, stride, n, head_dim, queries);
  }

  ActivationRows query_rows(size_t begin) const {
    return {queries.values + begin * queries.stride, queries.stride, queries.scales + begin,
            queries.zero_points + begin, queries.mode};
  }
};

void attention_int8(const float* qkv, size_t n, const AttentionShape& shape, int weight_limit,
                    DotMode mode, AttentionScratch& scratch, float* context, float* probabilities) {
  const size_t hidden = shape.hidden();
  const size_t padded = round_up(n, 16);
  const size_t block = score_block_rows(n);
  float* scores = scratch.scores_.data();

  for (size_t h = 0; h < shape.n_heads; ++h) {
    const Int8Head head(qkv + h * shape.head_dim, hidden, n, shape.head_dim, weight_limit, mode,
                        scratch);
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
