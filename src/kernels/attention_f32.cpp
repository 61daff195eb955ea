#include <cmath>
#include <cstring>

#include "attention.h"
#include "attention_rows.h"
#include "elementary.h"
#include "gemm.h"

namespace kinvec {

namespace {

constexpr float kLog2E = 1.44269504088896341F;

/// Softmax of one row of base-2 logits in place; entries from n to padded become 0.
void softmax_row(float* row, size_t n, size_t padded) {
  mask_padding(row, n, padded);
  const f32x4 largest = splat(row_max(row, padded));
  const Exp2 exp2;
  f32x4 total = splat(0.0F);
  for (size_t i = 0; i < padded; i += 4) {
    const f32x4 e = exp2(load_f32x4(row + i) - largest);
    store(row + i, e);
    total += e;
  }
  const f32x4 inverse = splat(1.0F / sum(total));
  for (size_t i = 0; i < padded; i += 4) store(row + i, load_f32x4(row + i) * inverse);
}

}  // namespace

/// Panels of one head: keys [n / 8][head_dim][8] and values [head_dim / 8][n][8].
struct FloatHead {
  FloatPanels keys;
  FloatPanels values;

  FloatHead(const float* k, const float* v, size_t n, size_t head_dim, AttentionScratch& s)
      : keys{s.key_panels_.data(), round_up(n, 8), head_dim},
        values{s.value_panels_.data(), head_dim, n} {
    std::memset(s.key_panels_.data(), 0, keys.n * head_dim * sizeof(float));
    for (size_t t = 0; t < n; ++t) {
      float* key = s.key_panels_.data() + t / 8 * head_dim * 8 + t % 8;
      for (size_t d = 0; d < head_dim; ++d) key[d * 8] = k[t * head_dim + d];
      for (size_t d = 0; d < head_dim; d += 8) {
        std::memcpy(s.value_panels_.data() + d * n + t * 8, v + t * head_dim + d,
                    8 * sizeof(float));
      }
    }
  }
};

void attention_f32(const HeadRows& qkv, size_t n, const AttentionShape& shape,
                   AttentionScratch& scratch, float* context, float* probabilities) {
  const size_t hidden = shape.hidden();
  const size_t padded = round_up(n, 16);
  const size_t block = score_block_rows(n);
  const f32x4 logit_scale = splat(kLog2E / std::sqrt(static_cast<float>(shape.head_dim)));
  float* scores = scratch.scores_.data();

  for (size_t h = 0; h < shape.n_heads; ++h) {
    const float* q = qkv.of(h);
    const FloatHead head(qkv.of(shape.n_heads + h), qkv.of(2 * shape.n_heads + h), n,
                         shape.head_dim, scratch);
    for (size_t begin = 0; begin < n; begin += block) {
      const size_t rows = std::min(block, n - begin);
      gemm_f32(q + begin * shape.head_dim, shape.head_dim, rows, head.keys,
               [&](size_t row, size_t channel, f32x4 low, f32x4 high) {
                 StoreRows{scores, padded}(row, channel, low * logit_scale, high * logit_scale);
               });
      for (size_t r = 0; r < rows; ++r) {
        float* row = scores + r * padded;
        softmax_row(row, n, padded);
        if (probabilities != nullptr) {
          std::memcpy(probabilities + (h * n + begin + r) * n, row, n * sizeof(float));
        }
      }
      gemm_f32(scores, padded, rows, head.values,
               StoreRows{context + begin * hidden + h * shape.head_dim, hidden});
    }
  }
}

}  // namespace kinvec
