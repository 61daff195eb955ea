#include "scan.h"

#include <algorithm>
#include <bit>

#include "../kernels/gemm.h"
#include "../kernels/simd.h"

namespace kinvec {

namespace {

inline float dot_inline(const float* a, const float* b, size_t n) {
  // Two chains hide the latency of the additions; more gain nothing, memory being slower.
  f32x4 even = splat(0.0F);
  f32x4 odd = splat(0.0F);
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    even += load_f32x4(a + i) * load_f32x4(b + i);
    odd += load_f32x4(a + i + 4) * load_f32x4(b + i + 4);
  }
  float total = sum(even + odd);
  for (; i < n; ++i) total += a[i] * b[i];
  return total;
}

// MR queries at once, a tile of the encoder's kernel: the rows are read from memory once for them.
template <int MR>
[[gnu::noinline]] void scan_panels(const Int8Panels& rows, size_t first, size_t n_rows,
                                   const ActivationRows& queries, size_t query, TopK* best) {
  const size_t panels = rows.n / kPanelChannels;
  PanelGroup group(rows, 0, panels, MR);
  for (size_t panel = 0; panel < panels; ++panel) {
    i32x4 sums[MR][2];
    group.template multiply<MR>(queries, query, panel, sums);
    const size_t channel = panel * kPanelChannels;
    for (int r = 0; r < MR; ++r) {
      TopK& kept = best[query + r];
      float scores[kPanelChannels];
      const f32x4 scale = splat(queries.scales[query + r]);
      const f32x4 low = to_float(sums[r][0]) * load_f32x4(rows.scales + channel) * scale;
      const f32x4 high = to_float(sums[r][1]) * load_f32x4(rows.scales + channel + 4) * scale;
      // Eight rows are tested at once.
      if (!(max_lane(max(low, high)) > kept.threshold())) continue;
      store(scores, low);
      store(scores + 4, high);
      for (size_t c = 0; c < std::min(kPanelChannels, n_rows - channel); ++c) {
        kept.offer(static_cast<uint32_t>(first + channel + c), scores[c]);
      }
    }
  }
}

}  // namespace

float dot(const float* a, const float* b, size_t n) { return dot_inline(a, b, n); }

void scan_f32(const float* rows, size_t first, size_t n_rows, const float* query, size_t dimensions,
              TopK& best) {
  for (size_t i = 0; i < n_rows; ++i) {
    const float score = dot_inline(rows + i * dimensions, query, dimensions);
    best.offer(static_cast<uint32_t>(first + i), score);
  }
}

void scan_int8(const Int8Panels& rows, size_t first, size_t n_rows, const ActivationRows& queries,
               size_t count, TopK* best) {
  size_t q = 0;
  for (; q + kTileRows <= count; q += kTileRows) {
    scan_panels<kTileRows>(rows, first, n_rows, queries, q, best);
  }
  for (; q < count; ++q) scan_panels<1>(rows, first, n_rows, queries, q, best);
}

void scan_signs(const uint64_t* rows, size_t first, size_t n_rows, const uint64_t* query,
                size_t words, size_t dimensions, TopK& best) {
  const auto signs = static_cast<float>(dimensions);
  for (size_t i = 0; i < n_rows; ++i, rows += words) {
    int unequal = 0;
    for (size_t w = 0; w < words; ++w) unequal += std::popcount(rows[w] ^ query[w]);
    best.offer(static_cast<uint32_t>(first + i), 1.0F - 2.0F * static_cast<float>(unequal) / signs);
  }
}

}  // namespace kinvec
