// Matrix products over weight panels: rows of f32 or 8-bit activations times f32 or int8 panels.
//
// gemm_qd8_qc8w computes, for m rows and n channels, (sum over k of (a - zero_a) * w) in exact
// integers, times the row's and the channel's scale, and hands eight finished f32 values at a time
// to an epilogue: epilogue(row, channel, low, high) with channels channel...channel + 7. Epilogues
// (bias, GELU, residual, ...) are plain structs, composed statically. The kernel knows no model.
//
// A tile is MR rows by 8 channels. MR is chosen per build from the registers at hand (tile_*.h);
// m rows are split into the fewest tiles of nearly equal height, since short tiles starve the
// multipliers: 7 rows are 4 + 3, never 6 + 1.
#pragma once

#include <algorithm>
#include <cstddef>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

#if defined(__wasm_relaxed_simd__)
#include "tile_relaxed.h"
#elif defined(__wasm_simd128__)
#include "tile_simd128.h"
#else
#include "tile_scalar.h"
#endif

namespace kinvec {

/// Rows worked on while one panel after another passes by. Each block reads all weights, so there
/// should be few; 256 rows of 1536 activations stay in a second-level cache, or nearly so.
inline constexpr size_t kRowBlock = 256;

namespace gemm_detail {

/// Calls tile.template operator()<height>(row) over [begin, end) in tiles of at most MaxRows.
template <int MaxRows, class Tile>
inline void for_each_tile(size_t begin, size_t end, const Tile& tile) {
  size_t tiles_left = (end - begin + MaxRows - 1) / MaxRows;
  for (size_t row = begin; row < end; --tiles_left) {
    const size_t height = (end - row + tiles_left - 1) / tiles_left;
    switch (height) {
      case 1:
        tile.template operator()<1>(row);
        break;
      case 2:
        tile.template operator()<2>(row);
        break;
      case 3:
        if constexpr (MaxRows >= 3) tile.template operator()<3>(row);
        break;
      case 4:
        if constexpr (MaxRows >= 4) tile.template operator()<4>(row);
        break;
      case 5:
        if constexpr (MaxRows >= 5) tile.template operator()<5>(row);
        break;
      default:
        if constexpr (MaxRows >= 6) tile.template operator()<6>(row);
        break;
    }
    row += height;
  }
}

// One panel against the rows [begin, end). Kept a function of its own: it is called often enough
// for engines to move it to optimised code early, which they cannot do inside a running call.
template <class Epilogue>
[[gnu::noinline]] void int8_panel(const ActivationRows& a, size_t begin, size_t end,
                                  const Int8Panels& w, size_t panel, const Epilogue& epilogue) {
  const size_t channel = panel * kPanelChannels;
  PanelReader reader(w, channel, end - begin, a.mode);
  const i32x4 ksum_low = load_i32x4(w.ksum + channel);
  const i32x4 ksum_high = load_i32x4(w.ksum + channel + 4);
  const f32x4 scale_low = load_f32x4(w.scales + channel);
  const f32x4 scale_high = load_f32x4(w.scales + channel + 4);

  for_each_tile<kTileRows>(begin, end, [&]<int MR>(size_t row) {
    i32x4 sums[MR][2];
    for (int r = 0; r < MR; ++r) {
      const i32x4 zero = -splat(a.zero_points[row + r]);
      sums[r][0] = zero * ksum_low;
      sums[r][1] = zero * ksum_high;
    }
    reader.template accumulate<MR>(a.values + row * a.stride, a.stride, sums);
    for (int r = 0; r < MR; ++r) {
      const f32x4 row_scale = splat(a.scales[row + r]);
      epilogue(row + r, channel, to_float(sums[r][0]) * scale_low * row_scale,
               to_float(sums[r][1]) * scale_high * row_scale);
    }
  });
}

// f32 tile: 4 rows by 8 channels, eight accumulators.
inline constexpr int kFloatTileRows = 4;

template <class Epilogue>
[[gnu::noinline]] void float_panel(const float* a, size_t stride, size_t begin, size_t end,
                                   const FloatPanels& w, size_t panel, const Epilogue& epilogue) {
  const float* values = w.values + panel * kPanelChannels * w.k;
  for_each_tile<kFloatTileRows>(begin, end, [&]<int MR>(size_t row) {
    f32x4 sums[MR][2] = {};
    const float* rows = a + row * stride;
    for (size_t k = 0; k < w.k; ++k) {
      const f32x4 low = load_f32x4(values + k * kPanelChannels);
      const f32x4 high = load_f32x4(values + k * kPanelChannels + 4);
      for (int r = 0; r < MR; ++r) {
        const f32x4 x = splat(rows[r * stride + k]);
        sums[r][0] += x * low;
        sums[r][1] += x * high;
      }
    }
    for (int r = 0; r < MR; ++r) {
      epilogue(row + r, panel * kPanelChannels, sums[r][0], sums[r][1]);
    }
  });
}

template <class Panel>
inline void for_each_block(size_t m, size_t n, const Panel& panel) {
  for (size_t begin = 0; begin < m; begin += kRowBlock) {
    const size_t end = std::min(m, begin + kRowBlock);
    for (size_t p = 0; p < n / kPanelChannels; ++p) panel(begin, end, p);
  }
}

}  // namespace gemm_detail

/// a: m rows of w.k activations. Needs w.k <= kMaxInnerSize.
template <class Epilogue>
void gemm_qd8_qc8w(const ActivationRows& a, size_t m, const Int8Panels& w,
                   const Epilogue& epilogue) {
  gemm_detail::for_each_block(m, w.n, [&](size_t begin, size_t end, size_t panel) {
    gemm_detail::int8_panel(a, begin, end, w, panel, epilogue);
  });
}

/// a: [m, w.k] f32 with `stride` floats from row to row.
template <class Epilogue>
void gemm_f32(const float* a, size_t stride, size_t m, const FloatPanels& w,
              const Epilogue& epilogue) {
  gemm_detail::for_each_block(m, w.n, [&](size_t begin, size_t end, size_t panel) {
    gemm_detail::float_panel(a, stride, begin, end, w, panel, epilogue);
  });
}

}  // namespace kinvec
