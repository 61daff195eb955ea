// Tile of the relaxed-SIMD build: 16 multiplications an instruction,
// i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, activations, sums).
//
// What the engine does with a second operand above 127 (unsigned, signed, saturating) is found at
// load by probe_dot(); only the first two modes run this build.
// 6 rows x 2 vectors of sums + 2 of weights + 1 of activations = 15, all the registers that x86
// engines leave to a loop.
#pragma once

#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

namespace kinvec {

inline constexpr int kTileRows = 6;

class PanelReader {
 public:
  PanelReader(const Int8Panels& w, size_t channel, size_t /*rows*/, DotMode /*mode*/)
      : panel_(w.values + channel * w.k), k_(w.k) {}

  // A function of its own for each height: in each epilogue's copy of the panel loop it would take
  // as many bytes again, and engines inline it where it is hot.
  /// sums[r][0..1] += row r of a (k values) times the panel's 8 channels.
  template <int MR>
  [[gnu::noinline]] void accumulate(const Activation* a, size_t stride,
                                    i32x4 (&sums)[MR][2]) const {
    v128_t acc[MR][2];
    for (int r = 0; r < MR; ++r) {
      acc[r][0] = static_cast<v128_t>(sums[r][0]);
      acc[r][1] = static_cast<v128_t>(sums[r][1]);
    }
    const int8_t* weights = panel_;
    for (size_t k = 0; k < k_; k += 4, weights += 32) {
      const v128_t low = wasm_v128_load(weights);
      const v128_t high = wasm_v128_load(weights + 16);
      for (int r = 0; r < MR; ++r) {
        const v128_t x = wasm_v128_load32_splat(a + r * stride + k);
        acc[r][0] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(low, x, acc[r][0]);
        acc[r][1] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(high, x, acc[r][1]);
      }
    }
    for (int r = 0; r < MR; ++r) {
      sums[r][0] = static_cast<i32x4>(acc[r][0]);
      sums[r][1] = static_cast<i32x4>(acc[r][1]);
    }
  }

 private:
  const int8_t* panel_;
  size_t k_;
};

}  // namespace kinvec
