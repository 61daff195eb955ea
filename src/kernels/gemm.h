// Matrix products over weight panels: rows of f32 or 8-bit activations times f32 or int8 panels.
//
// gemm_qd8_qc8w computes, for m rows and n channels, (sum over k of (a - zero_a) * w) in exact
// integers, times the row's and the channel's scale, and hands eight finished f32 values at a time
// to an epilogue: epilogue(row, channel, low, high) with channels channel...channel + 7. Epilogues
// (bias, GELU, residual, ...) are plain structs, composed statically. The kernel knows no model.
//
// A tile is MR rows by 8 channels. MR is chosen per build from the registers at hand (tile_*.h);
// m rows are split into the fewest tiles and none much lower than the others, since short tiles
// starve the multipliers: 7 rows are 3 + 4, never 6 + 1. Panels pass in groups (PanelGroup), tile
// after tile of rows: a group stays in a near cache, and outputs are written in whole lines.
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

/// Height of the next of `tiles` tiles over `rows` rows: full ones as long as those after them need
/// not be lower than two thirds, which costs less than making all a little lower.
template <size_t MaxRows>
inline size_t tile_height(size_t rows, size_t tiles) {
  constexpr size_t kSlack = std::max<size_t>(1, MaxRows / 3);
  const size_t missing = MaxRows * tiles - rows;
  if (missing <= kSlack * (tiles - 1)) return MaxRows;
  return MaxRows - std::max(std::min(kSlack, missing), (missing + tiles - 1) / tiles);
}

/// Calls tile.template operator()<height>(row) over [begin, end) in tiles of at most MaxRows.
template <int MaxRows, class Tile>
inline void for_each_tile(size_t begin, size_t end, const Tile& tile) {
  size_t tiles_left = (end - begin + MaxRows - 1) / MaxRows;
  for (size_t row = begin; row < end; --tiles_left) {
    const size_t height = tile_height<MaxRows>(end - row, tiles_left);
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

// The panels [first, last) against the rows [begin, end). Kept a function of its own: it is called
// often enough for engines to move it to optimised code early, which they cannot do inside a
// running call.
template <class Epilogue>
[[gnu::noinline]] void int8_panels(const ActivationRows& a, size_t begin, size_t end,
                                   const Int8Panels& w, size_t first, size_t last,
                                   const Epilogue& given) {
  // A copy, or it would be read again after each store, which might have changed it.
  const Epilogue epilogue = given;
  PanelGroup group(w, first, last, end - begin);
  for_each_tile<kTileRows>(begin, end, [&]<int MR>(size_t row) {
    for (size_t panel = first; panel < last; ++panel) {
      i32x4 sums[MR][2];
      group.template multiply<MR>(a, row, panel, sums);
      const size_t channel = panel * kPanelChannels;
      const f32x4 scale_low = load_f32x4(w.scales + channel);
      const f32x4 scale_high = load_f32x4(w.scales + channel + 4);
      for (int r = 0; r < MR; ++r) {
        const f32x4 row_scale = splat(a.scales[row + r]);
        epilogue(row + r, channel, to_float(sums[r][0]) * scale_low * row_scale,
                 to_float(sums[r][1]) * scale_high * row_scale);
      }
    }
    group.next_tile();
  });
}

// f32 tile: 4 rows by 8 channels, eight accumulators.
inline constexpr int kFloatTileRows = 4;

// A function of its own: f32 is for exactness and for making models, and it would take as many
// bytes again for each epilogue.
/// sums[r][0..1] = row r of a times the panel's 8 channels.
template <int MR>
[[gnu::noinline]] void multiply_f32(const float* a, size_t stride, const float* panel, size_t k,
                                    f32x4 (&sums)[MR][2]) {
  f32x4 acc[MR][2] = {};
  for (size_t i = 0; i < k; ++i) {
    const f32x4 low = load_f32x4(panel + i * kPanelChannels);
    const f32x4 high = load_f32x4(panel + i * kPanelChannels + 4);
    for (int r = 0; r < MR; ++r) {
      const f32x4 x = splat(a[r * stride + i]);
      acc[r][0] += x * low;
      acc[r][1] += x * high;
    }
  }
  std::copy(&acc[0][0], &acc[0][0] + MR * 2, &sums[0][0]);
}

template <class Epilogue>
[[gnu::noinline]] void float_panel(const float* a, size_t stride, size_t begin, size_t end,
                                   const FloatPanels& w, size_t panel, const Epilogue& epilogue) {
  const float* values = w.values + panel * kPanelChannels * w.k;
  for_each_tile<kFloatTileRows>(begin, end, [&]<int MR>(size_t row) {
    f32x4 sums[MR][2];
    multiply_f32<MR>(a + row * stride, stride, values, w.k, sums);
    for (int r = 0; r < MR; ++r) {
      epilogue(row + r, panel * kPanelChannels, sums[r][0], sums[r][1]);
    }
  });
}

/// Calls block(begin, end, first, last) for blocks of rows and groups of panels.
template <class Block>
inline void for_each_block(size_t m, size_t n, size_t group, const Block& block) {
  const size_t panels = n / kPanelChannels;
  for (size_t begin = 0; begin < m; begin += kRowBlock) {
    const size_t end = std::min(m, begin + kRowBlock);
    for (size_t first = 0; first < panels; first += group) {
      block(begin, end, first, std::min(panels, first + group));
    }
  }
}

}  // namespace gemm_detail

/// The plainest epilogue: out[row][channel] = value.
struct StoreRows {
  float* out;
  size_t stride;

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    float* dst = out + row * stride + channel;
    store(dst, low);
    store(dst + 4, high);
  }
};

/// a: m rows of w.k activations. Needs w.k <= kMaxInnerSize.
template <class Epilogue>
void gemm_qd8_qc8w(const ActivationRows& a, size_t m, const Int8Panels& w,
                   const Epilogue& epilogue) {
  const size_t group = std::max<size_t>(1, kPanelGroupBytes / (kPanelChannels * w.k));
  gemm_detail::for_each_block(m, w.n, group,
                              [&](size_t begin, size_t end, size_t first, size_t last) {
                                gemm_detail::int8_panels(a, begin, end, w, first, last, epilogue);
                              });
}

/// a: [m, w.k] f32 with `stride` floats from row to row.
template <class Epilogue>
void gemm_f32(const float* a, size_t stride, size_t m, const FloatPanels& w,
              const Epilogue& epilogue) {
  gemm_detail::for_each_block(m, w.n, 1, [&](size_t begin, size_t end, size_t panel, size_t) {
    gemm_detail::float_panel(a, stride, begin, end, w, panel, epilogue);
  });
}

}  // namespace kinvec
