// What both forms of attention share: blocks of score rows and the epilogues that store them.
#pragma once

#include <algorithm>
#include <cstddef>

#include "simd.h"

namespace kinvec {

inline size_t round_up(size_t n, size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

/// A block of score rows is about 32 KB of f32, but never less than 24 rows.
inline constexpr size_t kScoreBlockValues = 8192;
inline constexpr size_t kMinScoreRows = 24;

/// Rows of scores of a sequence of n tokens worked on at a time: whole tiles of 6 rows.
inline size_t score_block_rows(size_t n) {
  return std::max(kMinScoreRows, kScoreBlockValues / round_up(n, 16) / 6 * 6);
}

/// The most values that a block takes for any sequence of up to max_len tokens.
inline size_t score_block_capacity(size_t max_len) {
  return std::max(kScoreBlockValues, kMinScoreRows * round_up(max_len, 16));
}

/// Scores past the last key get a value whose exponential is 0, so that rows need no tail.
inline void mask_padding(float* row, size_t n, size_t padded) {
  std::fill(row + n, row + padded, -1e30F);
}

/// Largest of row [padded], padded a multiple of 16.
inline float row_max(const float* row, size_t padded) {
  f32x4 high = load_f32x4(row);
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < padded; i += 16) {
    const float* x = row + i;
    const f32x4 a = max(load_f32x4(x), load_f32x4(x + 4));
    const f32x4 b = max(load_f32x4(x + 8), load_f32x4(x + 12));
    high = max(high, max(a, b));
  }
  return max_lane(high);
}

}  // namespace kinvec
