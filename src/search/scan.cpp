#include "scan.h"

#include <algorithm>
#include <bit>

#include "../kernels/gemm.h"
#include "../kernels/simd.h"

namespace kinvec {

namespace {

// The dot products of one vector with MR others, which lie `stride` apart: what is done for each
// is the same for every MR, and so are the bits.
template <int MR>
inline void dots(const float* a, const float* b, size_t stride, size_t n, float (&out)[MR]) {
  // Two chains hide the latency of the additions; more gain nothing, memory being slower.
  f32x4 even[MR] = {};
  f32x4 odd[MR] = {};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const f32x4 low = load_f32x4(a + i);
    const f32x4 high = load_f32x4(a + i + 4);
    for (int r = 0; r < MR; ++r) {
      even[r] += low * load_f32x4(b + r * stride + i);
      odd[r] += high * load_f32x4(b + r * stride + i + 4);
    }
  }
  for (int r = 0; r < MR; ++r) out[r] = sum(even[r] + odd[r]);
  for (; i < n; ++i) {
    for (int r = 0; r < MR; ++r) out[r] += a[i] * b[r * stride + i];
  }
}

// 4 queries x 2 chains + 2 of the row + products: what x86 engines keep in registers.
constexpr size_t kFloatQueries = 4;

template <int MR>
[[gnu::noinline]] void score_floats(const float* values, const ScanRows& rows, const float* queries,
                                    size_t dimensions, float* out, size_t stride) {
  for (size_t i = 0; i < rows.count; ++i) {
    if (!rows.allowed.has(rows.first + i)) continue;
    float scores[MR];
    dots<MR>(values + i * dimensions, queries, dimensions, dimensions, scores);
    for (int r = 0; r < MR; ++r) out[r * stride + i] = scores[r];
  }
}

// MR queries at once, a tile of the encoder's kernel.
template <int MR>
[[gnu::noinline]] void score_panels(const Int8Panels& w, const ScanRows& rows,
                                    const ActivationRows& queries, size_t query, float* out,
                                    size_t stride) {
  const size_t panels = w.n / kPanelChannels;
  PanelGroup group(w, 0, panels, MR);
  for (size_t panel = 0; panel < panels; ++panel) {
    const size_t channel = panel * kPanelChannels;
    if (!rows.allowed.has_any_of_eight(rows.first + channel)) continue;
    i32x4 sums[MR][2];
    group.template multiply<MR>(queries, query, panel, sums);
    for (int r = 0; r < MR; ++r) {
      const f32x4 scale = splat(queries.scales[query + r]);
      float* scores = out + r * stride + channel;
      store(scores, to_float(sums[r][0]) * load_f32x4(w.scales + channel) * scale);
      store(scores + 4, to_float(sums[r][1]) * load_f32x4(w.scales + channel + 4) * scale);
    }
  }
}

}  // namespace

float dot(const float* a, const float* b, size_t n) {
  float product[1];
  dots<1>(a, b, 0, n, product);
  return product[0];
}

void score_f32(const float* values, const ScanRows& rows, const float* queries, size_t count,
               size_t dimensions, float* out, size_t stride) {
  size_t q = 0;
  for (; q + kFloatQueries <= count; q += kFloatQueries) {
    score_floats<kFloatQueries>(values, rows, queries + q * dimensions, dimensions,
                                out + q * stride, stride);
  }
  for (; q < count; ++q) {
    score_floats<1>(values, rows, queries + q * dimensions, dimensions, out + q * stride, stride);
  }
}

void score_int8(const Int8Panels& panels, const ScanRows& rows, const ActivationRows& queries,
                size_t query, size_t count, float* out, size_t stride) {
  size_t q = 0;
  for (; q + kTileRows <= count; q += kTileRows) {
    score_panels<kTileRows>(panels, rows, queries, query + q, out + q * stride, stride);
  }
  for (; q < count; ++q) {
    score_panels<1>(panels, rows, queries, query + q, out + q * stride, stride);
  }
}

void score_signs(const uint64_t* signs, const ScanRows& rows, const uint64_t* queries, size_t count,
                 size_t words, size_t dimensions, float* out, size_t stride) {
  const auto all = static_cast<float>(dimensions);
  for (size_t q = 0; q < count; ++q, queries += words, out += stride) {
    const uint64_t* row = signs;
    for (size_t i = 0; i < rows.count; ++i, row += words) {
      if (!rows.allowed.has(rows.first + i)) continue;
      int unequal = 0;
      for (size_t w = 0; w < words; ++w) unequal += std::popcount(row[w] ^ queries[w]);
      out[i] = 1.0F - 2.0F * static_cast<float>(unequal) / all;
    }
  }
}

}  // namespace kinvec
