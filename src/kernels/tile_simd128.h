// Tile of the plain SIMD128 build: i32x4.dot_i16x8_s, eight multiplications an instruction on
// 16-bit lanes. Activations are 16-bit already; weights are widened here.
//
// Eight bytes of a panel are two channels by four k. Widened to a vector and multiplied by four
// activations twice over, they give each channel two partial sums, folded at the end. With more
// than two rows the panel is widened once, into a scratch that stays in the first-level cache, and
// every tile reads that.
// 2 rows x 4 vectors of sums + 2 of activations + 1 of weights + 1 of products: engines on x86 keep
// all of it in registers, and it asks for fewest instructions a multiplication of all that fit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

namespace kinvec {

inline constexpr int kTileRows = 2;

/// Weights that tile after tile of rows passes by: no more than fits, widened, into a first-level
/// cache.
inline constexpr size_t kPanelGroupBytes = 12 << 10;

class PanelGroup {
 public:
  /// The panels [first, last) of w, for tiles of `rows` rows in all.
  PanelGroup(const Int8Panels& w, size_t first, size_t last, size_t rows)
      : w_(w),
        first_(first),
        pass_(rows > kTileRows ? Pass::kFirst : Pass::kOnly),
        untouched_(w.values + last * kPanelChannels * w.k),
        touchable_(w.values + std::min(w.n, (2 * last - first) * kPanelChannels) * w.k) {}

  /// sums[r][0..1] = (row + r of a, less its zero point) times the panel's 8 channels.
  template <int MR>
  void multiply(const ActivationRows& a, size_t row, size_t panel, i32x4 (&sums)[MR][2]) {
    const int32_t* ksum = w_.ksum + panel * kPanelChannels;
    for (int r = 0; r < MR; ++r) {
      const i32x4 zero = -splat(a.zero_points[row + r]);
      sums[r][0] = zero * load_i32x4(ksum);
      sums[r][1] = zero * load_i32x4(ksum + 4);
    }
    const Activation* x = a.values + row * a.stride;
    const int8_t* narrow = w_.values + panel * kPanelChannels * w_.k;
    int16_t* wide = scratch_ + (panel - first_) * kPanelChannels * w_.k;
    switch (pass_) {
      case Pass::kOnly:
        return accumulate<MR, Pass::kOnly>(x, a.stride, narrow, wide, w_.k, sums);
      case Pass::kFirst:
        return accumulate<MR, Pass::kFirst>(x, a.stride, narrow, wide, w_.k, sums);
      case Pass::kLater:
        touch_next_panels();
        return accumulate<MR, Pass::kLater>(x, a.stride, narrow, wide, w_.k, sums);
    }
  }

  void next_tile() {
    if (pass_ == Pass::kFirst) pass_ = Pass::kLater;
  }

 private:
  // Of the tiles that read a panel, the first leaves it widened to those that follow, while the
  // multiplications hide the time that the panel takes to come from memory.
  enum class Pass { kOnly, kFirst, kLater };

  // A little of the next panels is read ahead of each tile, so that it is on its way from memory
  // when its turn comes; all of it at once would be waited for.
  void touch_next_panels() {
    constexpr size_t kCacheLine = 64;
    int32_t seen = 0;
    for (int i = 0; i < 4 && untouched_ < touchable_; ++i, untouched_ += kCacheLine) {
      seen += *untouched_;
    }
    asm volatile("" ::"r"(seen));  // or nothing would be read
  }

  static constexpr int kPairs = kPanelChannels / 2;  // vectors of two channels
  static constexpr size_t kStep = 4;                 // k

  // One scratch for the instance: a wasm instance runs one call at a time.
  alignas(16) inline static int16_t scratch_[kPanelChannels * kMaxInnerSize];

  template <int MR, Pass pass>
  [[gnu::noinline]] static void accumulate(const Activation* a, size_t stride, const int8_t* narrow,
                                           int16_t* wide, size_t k, i32x4 (&sums)[MR][2]) {
    const Activation* rows[MR];
    v128_t acc[MR][kPairs];
    for (int r = 0; r < MR; ++r) {
      // Hides that the rows lie a stride apart: the compiler would compute their addresses from one
      // another at each step.
      rows[r] = a + r * stride;
      asm("" : "+r"(rows[r]));
      for (v128_t& sum : acc[r]) sum = wasm_i32x4_const_splat(0);
    }
    for (size_t left = k; left != 0; left -= kStep) {
      v128_t w[kPairs];
      for (int pair = 0; pair < kPairs; ++pair) {
        w[pair] = pass == Pass::kLater ? wasm_v128_load(wide + 8 * pair)
                                       : wasm_i16x8_load8x8(narrow + 8 * pair);
        if (pass == Pass::kFirst) wasm_v128_store(wide + 8 * pair, w[pair]);
      }
      for (int r = 0; r < MR; ++r) {
        const v128_t x = wasm_v128_load64_splat(rows[r]);
        rows[r] += kStep;
        for (int pair = 0; pair < kPairs; ++pair) {
          acc[r][pair] = wasm_i32x4_add(acc[r][pair], wasm_i32x4_dot_i16x8(w[pair], x));
        }
      }
      narrow += kStep * kPanelChannels;
      wide += kStep * kPanelChannels;
    }
    for (int r = 0; r < MR; ++r) {
      for (int half = 0; half < 2; ++half) {
        const v128_t even = wasm_i32x4_shuffle(acc[r][2 * half], acc[r][2 * half + 1], 0, 2, 4, 6);
        const v128_t odd = wasm_i32x4_shuffle(acc[r][2 * half], acc[r][2 * half + 1], 1, 3, 5, 7);
        sums[r][half] += static_cast<i32x4>(wasm_i32x4_add(even, odd));
      }
    }
  }

  Int8Panels w_;
  size_t first_;
  Pass pass_;
  const int8_t* untouched_;  // of the panels after these
  const int8_t* touchable_;  // their end
};

}  // namespace kinvec
