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

/// Weights that tile after tile of rows passes by: from a second-level cache, where they stay, and
/// in whole lines of the output.
inline constexpr size_t kPanelGroupBytes = 96 << 10;

class PanelGroup {
 public:
  PanelGroup(const Int8Panels& w, size_t /*first*/, size_t /*last*/, size_t /*rows*/) : w_(w) {}

  // Part of each epilogue's loop: through memory the sums would take a twentieth of the time again.
  /// sums[r][0..1] = (row + r of a, less its zero point) times the panel's 8 channels.
  template <int MR>
  [[gnu::always_inline]] void multiply(const ActivationRows& a, size_t row, size_t panel,
                                       i32x4 (&sums)[MR][2]) const {
    const int32_t* ksum = w_.ksum + panel * kPanelChannels;
    const v128_t ksum_low = wasm_v128_load(ksum);
    const v128_t ksum_high = wasm_v128_load(ksum + 4);
    v128_t acc[MR][2];
    for (int r = 0; r < MR; ++r) {
      const v128_t zero = wasm_i32x4_neg(wasm_i32x4_splat(a.zero_points[row + r]));
      acc[r][0] = wasm_i32x4_mul(zero, ksum_low);
      acc[r][1] = wasm_i32x4_mul(zero, ksum_high);
    }
    const size_t stride = a.stride;
    const Activation* x = a.values + row * stride;
    const int8_t* weights = w_.values + panel * kPanelChannels * w_.k;
    for (size_t k = 0; k < w_.k; k += 4, weights += 32) {
      const v128_t low = wasm_v128_load(weights);
      const v128_t high = wasm_v128_load(weights + 16);
      for (int r = 0; r < MR; ++r) {
        const v128_t value = wasm_v128_load32_splat(x + r * stride + k);
        acc[r][0] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(low, value, acc[r][0]);
        acc[r][1] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(high, value, acc[r][1]);
      }
    }
    for (int r = 0; r < MR; ++r) {
      sums[r][0] = static_cast<i32x4>(acc[r][0]);
      sums[r][1] = static_cast<i32x4>(acc[r][1]);
    }
  }

  void next_tile() {}

 private:
  Int8Panels w_;
};

}  // namespace kinvec
