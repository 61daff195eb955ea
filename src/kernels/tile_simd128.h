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

#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "panels.h"
#include "simd.h"

namespace kinvec {

inline constexpr int kTileRows = 2;

class PanelReader {
 public:
  /// Reads the panel that begins with `channel` of w, for tiles of `rows` rows in all.
  PanelReader(const Int8Panels& w, size_t channel, size_t rows, DotMode /*mode*/)
      : panel_(w.values + channel * w.k),
        k_(w.k),
        pass_(rows > kTileRows ? Pass::kFirst : Pass::kOnly),
        untouched_(panel_ + kPanelChannels * w.k),
        touchable_(channel + kPanelChannels < w.n ? untouched_ + kPanelChannels * w.k
                                                  : untouched_) {}

  /// sums[r][0..1] += row r of a (k values) times the panel's 8 channels.
  template <int MR>
  void accumulate(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) {
    switch (pass_) {
      case Pass::kOnly:
        return multiply<MR, Pass::kOnly>(a, stride, sums);
      case Pass::kFirst:
        pass_ = Pass::kLater;
        return multiply<MR, Pass::kFirst>(a, stride, sums);
      case Pass::kLater:
        touch_next_panel();
        return multiply<MR, Pass::kLater>(a, stride, sums);
    }
  }

 private:
  // Of the tiles that read one panel, the first leaves it widened to those that follow, while the
  // multiplications hide the time that the panel takes to come from memory.
  enum class Pass { kOnly, kFirst, kLater };

  // A little of the next panel is read ahead of each tile, so that it is on its way from memory
  // when its turn comes; all of it at once would be waited for.
  void touch_next_panel() {
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
  [[gnu::noinline]] void multiply(const Activation* a, size_t stride, i32x4 (&sums)[MR][2]) const {
    const Activation* rows[MR];
    v128_t acc[MR][kPairs];
    for (int r = 0; r < MR; ++r) {
      // Hides that the rows lie a stride apart: the compiler would compute their addresses from one
      // another at each step.
      rows[r] = a + r * stride;
      asm("" : "+r"(rows[r]));
      for (v128_t& sum : acc[r]) sum = wasm_i32x4_const_splat(0);
    }
    const int8_t* narrow = panel_;
    int16_t* wide = scratch_;
    for (size_t left = k_; left != 0; left -= kStep) {
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

  const int8_t* panel_;
  size_t k_;
  Pass pass_;
  const int8_t* untouched_;  // of the next panel
  const int8_t* touchable_;  // its end
};

}  // namespace kinvec
