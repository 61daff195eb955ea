// Tile of the plain SIMD128 build: i32x4.dot_i16x8_s, eight multiplications an instruction on
// 16-bit lanes. Activations are 16-bit already; weights are widened here.
//
// From 24 rows on the panel is widened once into a scratch that stays in the first-level cache
// ([k / 2][8 channels][2] int16) and every tile reads that. For fewer rows widening while loading
// is cheaper: eight bytes are two channels by four k, whose sums come out as two partial sums a
// channel, folded at the end.
// 3 rows: 6 sums + 2 weights + 1 activation + 1 product. A fourth row spills in SpiderMonkey.
#pragma once

#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

namespace kinvec {

inline constexpr int kTileRows = 3;

class PanelReader {
 public:
  static constexpr size_t kWidenFromRows = 24;

  PanelReader(const int8_t* panel, size_t k, size_t rows, DotMode /*mode*/)
      : panel_(panel), k_(k), widened_(rows >= kWidenFromRows) {
    if (widened_) widen();
  }

  /// sums[r][0..1] += row r of a (k values) times the panel's 8 channels.
  template <int MR>
  void accumulate(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) const {
    if (widened_) {
      accumulate_widened<MR>(a, stride, sums);
    } else {
      accumulate_narrow<MR>(a, stride, sums);
    }
  }

 private:
  // One scratch for the instance: a wasm instance runs one call at a time.
  alignas(16) inline static int16_t scratch_[kPanelChannels * kMaxInnerSize];

  void widen() const {
    int16_t* out = scratch_;
    for (size_t k = 0; k < k_; k += 4, out += 32) {
      for (int half = 0; half < 2; ++half) {
        const v128_t bytes = wasm_v128_load(panel_ + k * 8 + half * 16);
        const v128_t c01 = wasm_i16x8_extend_low_i8x16(bytes);   // [c0 k0..3 | c1 k0..3]
        const v128_t c23 = wasm_i16x8_extend_high_i8x16(bytes);  // [c2 k0..3 | c3 k0..3]
        wasm_v128_store(out + half * 8, wasm_i32x4_shuffle(c01, c23, 0, 2, 4, 6));
        wasm_v128_store(out + 16 + half * 8, wasm_i32x4_shuffle(c01, c23, 1, 3, 5, 7));
      }
    }
  }

  template <int MR>
  void accumulate_widened(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) const {
    v128_t acc[MR][2];
    for (int r = 0; r < MR; ++r) {
      acc[r][0] = static_cast<v128_t>(sums[r][0]);
      acc[r][1] = static_cast<v128_t>(sums[r][1]);
    }
    const int16_t* weights = scratch_;
    for (size_t k = 0; k < k_; k += 2, weights += 16) {
      const v128_t low = wasm_v128_load(weights);
      const v128_t high = wasm_v128_load(weights + 8);
      for (int r = 0; r < MR; ++r) {
        const v128_t x = wasm_v128_load32_splat(a + r * stride + k);
        acc[r][0] = wasm_i32x4_add(acc[r][0], wasm_i32x4_dot_i16x8(low, x));
        acc[r][1] = wasm_i32x4_add(acc[r][1], wasm_i32x4_dot_i16x8(high, x));
      }
    }
    for (int r = 0; r < MR; ++r) {
      sums[r][0] = static_cast<i32x4>(acc[r][0]);
      sums[r][1] = static_cast<i32x4>(acc[r][1]);
    }
  }

  // Half a panel (4 channels) at a time, so that the four partial-sum vectors a row fit.
  template <int MR>
  void accumulate_narrow(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) const {
    for (int half = 0; half < 2; ++half) {
      v128_t acc[MR][2];
      for (int r = 0; r < MR; ++r) acc[r][0] = acc[r][1] = wasm_i32x4_const_splat(0);
      const int8_t* weights = panel_ + half * 16;
      for (size_t k = 0; k < k_; k += 4, weights += 32) {
        const v128_t c01 = wasm_i16x8_load8x8(weights);
        const v128_t c23 = wasm_i16x8_load8x8(weights + 8);
        for (int r = 0; r < MR; ++r) {
          const v128_t x = wasm_v128_load64_splat(a + r * stride + k);
          acc[r][0] = wasm_i32x4_add(acc[r][0], wasm_i32x4_dot_i16x8(c01, x));
          acc[r][1] = wasm_i32x4_add(acc[r][1], wasm_i32x4_dot_i16x8(c23, x));
        }
      }
      for (int r = 0; r < MR; ++r) {
        const v128_t even = wasm_i32x4_shuffle(acc[r][0], acc[r][1], 0, 2, 4, 6);
        const v128_t odd = wasm_i32x4_shuffle(acc[r][0], acc[r][1], 1, 3, 5, 7);
        sums[r][half] += static_cast<i32x4>(wasm_i32x4_add(even, odd));
      }
    }
  }

  const int8_t* panel_;
  size_t k_;
  bool widened_;
};

}  // namespace kinvec
