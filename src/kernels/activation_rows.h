// Rows of 8-bit activations ("qd8"): quantised per row as they come, asymmetric, and the way they
// are stored for the multiplying kernel of this build.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd.h"

namespace kinvec {

// Plain SIMD128 multiplies 16-bit lanes, so there an activation is widened once, when written.
#if defined(__wasm_simd128__) && !defined(__wasm_relaxed_simd__)
using Activation = int16_t;
#else
using Activation = uint8_t;
#endif

/// How the engine's relaxed dot product reads its second operand. Unsigned engines get 0...255;
/// signed ones get the same value less 128, with a zero point that moves along, so that the sums
/// are the same integers. Builds without the relaxed dot use kUnsigned.
enum class DotMode : int { kUnsigned = 0, kSigned = 1 };

/// Number subtracted from a stored activation in this mode.
inline int32_t dot_offset(DotMode mode) { return mode == DotMode::kSigned ? 128 : 0; }

/// A block of quantised rows: x[r][c] = (values[r * stride + c] - zero_points[r]) * scales[r].
/// Values and zero points are stored less dot_offset(mode).
struct ActivationRows {
  Activation* values;    // [rows, stride]
  size_t stride;         // a multiple of 16; columns beyond the row's length hold anything
  float* scales;         // [rows]
  int32_t* zero_points;  // [rows]
  DotMode mode;
};

/// Writes 16 activations at a time, given as integers in 0...255 (others are clamped), less the
/// mode's offset. For loops, outside of which it is to be made.
class ActivationStore {
 public:
#if defined(__wasm_relaxed_simd__)
  // Subtracting 128 is flipping the top bit.
  explicit ActivationStore(DotMode mode)
      : flip_(wasm_u8x16_splat(static_cast<uint8_t>(dot_offset(mode)))) {}
#else
  explicit ActivationStore(DotMode mode) : offset_(dot_offset(mode)) {}
#endif

  void operator()(Activation* dst, i32x4 a, i32x4 b, i32x4 c, i32x4 d) const {
#if defined(__wasm_simd128__)
    const v128_t ab = wasm_i16x8_narrow_i32x4(static_cast<v128_t>(a), static_cast<v128_t>(b));
    const v128_t cd = wasm_i16x8_narrow_i32x4(static_cast<v128_t>(c), static_cast<v128_t>(d));
    const v128_t bytes = wasm_u8x16_narrow_i16x8(ab, cd);
#if defined(__wasm_relaxed_simd__)
    wasm_v128_store(dst, wasm_v128_xor(bytes, flip_));
#else
    wasm_v128_store(dst, wasm_u16x8_extend_low_u8x16(bytes));
    wasm_v128_store(dst + 8, wasm_u16x8_extend_high_u8x16(bytes));
#endif
#else
    const i32x4 groups[4] = {a, b, c, d};
    for (size_t i = 0; i < 16; ++i) {
      const int32_t q = groups[i / 4][i % 4];
      const int32_t clamped = q < 0 ? 0 : (q > 255 ? 255 : q);
      dst[i] = static_cast<Activation>(clamped - offset_);
    }
#endif
  }

 private:
#if defined(__wasm_relaxed_simd__)
  v128_t flip_;
#else
  int32_t offset_;
#endif
};

/// Quantises one row x [n], times inverse_smooth [n] unless that is null, asymmetric over
/// [min(x, 0), max(x, 0)], so that 0 is exact; n a multiple of 4. Row `row` of `out` gets the
/// values, its scale and zero point. Up to 12 columns past n are written too (their values mean
/// nothing).
void quantize_row(const float* x, const float* inverse_smooth, size_t n, const ActivationRows& out,
                  size_t row);

}  // namespace kinvec
