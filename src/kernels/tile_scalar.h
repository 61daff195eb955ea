// Tile in plain C++: what the SIMD tiles must agree with, and what native builds run.
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
  PanelReader(const Int8Panels& w, size_t channel, size_t /*rows*/, DotMode mode)
      : panel_(w.values + channel * w.k), k_(w.k), mode_(mode) {}

  /// sums[r][0..1] += row r of a (k values) times the panel's 8 channels.
  template <int MR>
  void accumulate(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) const {
    for (int r = 0; r < MR; ++r) {
      for (size_t c = 0; c < 8; ++c) {
        int32_t total = 0;
        for (size_t k = 0; k < k_; ++k) {
          total += value_of(a[r * stride + k]) * panel_[(k / 4 * 8 + c) * 4 + k % 4];
        }
        // As a vector, since lanes may wrap around.
        i32x4 lane = {};
        lane[c % 4] = total;
        sums[r][c / 4] += lane;
      }
    }
  }

 private:
  // Reads an activation as an engine of this mode would.
  int32_t value_of(Activation a) const {
    return mode_ == DotMode::kSigned ? static_cast<int8_t>(a) : static_cast<int32_t>(a);
  }

  const int8_t* panel_;
  size_t k_;
  DotMode mode_;
};

}  // namespace kinvec
