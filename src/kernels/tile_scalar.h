// Tile in plain C++: what the SIMD tiles must agree with, and what native builds run.
#pragma once

#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

namespace kinvec {

inline constexpr int kTileRows = 6;

inline constexpr size_t kPanelGroupBytes = 0;  // one panel at a time

class PanelGroup {
 public:
  PanelGroup(const Int8Panels& w, size_t /*first*/, size_t /*last*/, size_t /*rows*/) : w_(w) {}

  /// sums[r][0..1] = (row + r of a, less its zero point) times the panel's 8 channels.
  template <int MR>
  void multiply(const ActivationRows& a, size_t row, size_t panel, i32x4 (&sums)[MR][2]) const {
    const int8_t* weights = w_.values + panel * kPanelChannels * w_.k;
    const int32_t* ksum = w_.ksum + panel * kPanelChannels;
    for (int r = 0; r < MR; ++r) {
      const Activation* x = a.values + (row + r) * a.stride;
      for (size_t c = 0; c < 8; ++c) {
        int32_t total = 0;
        for (size_t k = 0; k < w_.k; ++k) {
          total += value_of(x[k], a.mode) * weights[(k / 4 * 8 + c) * 4 + k % 4];
        }
        sums[r][c / 4][c % 4] = total;
      }
      // As vectors, since lanes may wrap around.
      const i32x4 zero = splat(a.zero_points[row + r]);
      sums[r][0] -= zero * load_i32x4(ksum);
      sums[r][1] -= zero * load_i32x4(ksum + 4);
    }
  }

  void next_tile() {}

 private:
  // Reads an activation as an engine of this mode would.
  static int32_t value_of(Activation a, DotMode mode) {
    return mode == DotMode::kSigned ? static_cast<int8_t>(a) : static_cast<int32_t>(a);
  }

  Int8Panels w_;
};

}  // namespace kinvec
