// Weight matrices cut into panels of 8 output channels, the layout the multiplying kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kinvec {

inline constexpr size_t kPanelChannels = 8;

/// Longest k of the int8 kernels: bounds the scratch of a widened panel and keeps sums in 32 bits
/// (8192 * 255 * 127 < 2^31).
inline constexpr size_t kMaxInnerSize = 8192;

/// Largest magnitude of int8 weights. Of seven bits, for engines whose relaxed dot product
/// saturates the sum of two products at 16 bits: 2 * 255 * 63 < 2^15.
inline constexpr int kInt8Limit = 127;
inline constexpr int kInt7Limit = 63;

/// Int8 weights, symmetric per output channel ("qc8w"). A panel holds, for every 4 consecutive
/// inputs k, 8 channels x 4 bytes: [n / 8][k / 4][8][4].
struct Int8Panels {
  const int8_t* values = nullptr;
  const float* scales = nullptr;  // [n]
  const int32_t* ksum = nullptr;  // [n], sum of each channel's weights: corrects zero points
  size_t n = 0;                   // output channels, a multiple of 8
  size_t k = 0;                   // inputs, a multiple of 4
};

/// f32 weights: [n / 8][k][8].
struct FloatPanels {
  const float* values = nullptr;
  size_t n = 0;  // a multiple of 8
  size_t k = 0;
};

/// Packs rows [n, k] of int8 into panels in place and writes their sums to ksum [n].
/// A panel takes the bytes of its own 8 rows; `scratch` holds one panel, [8 * k].
void pack_int8_in_place(int8_t* rows, size_t n, size_t k, int32_t* ksum, int8_t* scratch);

/// Packs 8 rows [8, k] of f32 into one panel [k, 8].
void pack_float_panel(const float* rows, size_t k, float* panel);

/// Quantises one row [n] to int8, symmetric: q in [-limit, limit], returns the scale (x = q *
/// scale).
float quantize_row_int8(const float* x, size_t n, int8_t* q, int limit = kInt8Limit);

/// Rounds int8 weights [n] to seven bits, in place, and returns what their scale is to be
/// multiplied by.
float narrow_int8_to_int7(int8_t* q, size_t n);

}  // namespace kinvec
