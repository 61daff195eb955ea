// Four-lane vectors for the float parts, the same source for WebAssembly and native builds.
//
// Only operations whose rounding IEEE 754 fixes are used (no fused multiply-add, no relaxed
// minimum, maximum or conversion), and sums across lanes have one order, so that every build and
// engine computes the same bits. Built with -ffp-contract=off for the same reason.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace kinvec {

using f32x4 = float __attribute__((vector_size(16)));
using i32x4 = int32_t __attribute__((vector_size(16)));

inline f32x4 splat(float x) { return f32x4{x, x, x, x}; }
inline i32x4 splat(int32_t x) { return i32x4{x, x, x, x}; }

inline f32x4 load_f32x4(const float* src) {
  f32x4 v;
  std::memcpy(&v, src, sizeof v);
  return v;
}

inline i32x4 load_i32x4(const int32_t* src) {
  i32x4 v;
  std::memcpy(&v, src, sizeof v);
  return v;
}

inline void store(float* dst, f32x4 v) { std::memcpy(dst, &v, sizeof v); }
inline void store(int32_t* dst, i32x4 v) { std::memcpy(dst, &v, sizeof v); }

inline i32x4 bits_of(f32x4 v) {
  i32x4 bits;
  std::memcpy(&bits, &v, sizeof bits);
  return bits;
}

inline f32x4 float_from_bits(i32x4 bits) {
  f32x4 v;
  std::memcpy(&v, &bits, sizeof v);
  return v;
}

inline f32x4 to_float(i32x4 v) { return __builtin_convertvector(v, f32x4); }

// b < a ? b : a (and the mirror image): one instruction each on every target, and the same answer
// for NaN everywhere.
inline f32x4 min(f32x4 a, f32x4 b) {
#ifdef __wasm_simd128__
  return static_cast<f32x4>(wasm_f32x4_pmin(a, b));
#else
  const i32x4 less = b < a;
  return float_from_bits((less & bits_of(b)) | (~less & bits_of(a)));
#endif
}

inline f32x4 max(f32x4 a, f32x4 b) {
#ifdef __wasm_simd128__
  return static_cast<f32x4>(wasm_f32x4_pmax(a, b));
#else
  const i32x4 less = a < b;
  return float_from_bits((less & bits_of(b)) | (~less & bits_of(a)));
#endif
}

inline f32x4 sqrt(f32x4 v) {
#ifdef __wasm_simd128__
  return static_cast<f32x4>(wasm_f32x4_sqrt(v));
#else
  return f32x4{std::sqrt(v[0]), std::sqrt(v[1]), std::sqrt(v[2]), std::sqrt(v[3])};
#endif
}

inline f32x4 abs(f32x4 v) { return float_from_bits(bits_of(v) & splat(0x7fffffff)); }

inline float sum(f32x4 v) { return (v[0] + v[2]) + (v[1] + v[3]); }
/// Wraps around, as lanes do: what infinite weights come to may be any integers.
inline int32_t sum(i32x4 v) {
  const i32x4 pairs = v + i32x4{v[2], v[3], v[0], v[1]};
  return (pairs + i32x4{pairs[1], pairs[0], pairs[3], pairs[2]})[0];
}

/// Lanes 2, 3, 0, 1, and 1, 0, 3, 2.
inline f32x4 swap_halves(f32x4 v) { return __builtin_shufflevector(v, v, 2, 3, 0, 1); }
inline f32x4 swap_pairs(f32x4 v) { return __builtin_shufflevector(v, v, 1, 0, 3, 2); }

// By vectors, since engines branch on comparisons of scalars.
inline float max_lane(f32x4 v) {
  const f32x4 pairs = max(v, swap_halves(v));
  return max(pairs, swap_pairs(pairs))[0];
}

inline float min_lane(f32x4 v) {
  const f32x4 pairs = min(v, swap_halves(v));
  return min(pairs, swap_pairs(pairs))[0];
}

/// Hides from compilers that a table is constant, so that its values are loaded, once before a
/// loop. An engine builds a vector constant anew at each use (V8 on x86: three instructions).
template <class Scalar>
inline const Scalar* opaque(const Scalar* table) {
  asm("" : "+r"(table));
  return table;
}

inline constexpr float kRoundingShift = 12582912.0F;  // 1.5 * 2^23
inline constexpr int32_t kRoundingBits = 0x4b400000;  // its bits

/// Nearest integer, ties to even, for |v| < 2^22: adding 1.5 * 2^23 leaves the integer in the low
/// bits of the mantissa. NaN and larger values give some integer, never a trap.
inline i32x4 round_to_int(f32x4 v) {
  return bits_of(v + splat(kRoundingShift)) - splat(kRoundingBits);
}

/// round_to_int(v) + offset for loops, outside of which it is to be made.
class Rounding {
 public:
  explicit Rounding(i32x4 offset = splat(0))
      : shift_(splat(*opaque(&kRoundingShift))), offset_(offset - splat(*opaque(&kRoundingBits))) {}

  i32x4 operator()(f32x4 v) const { return bits_of(v + shift_) + offset_; }

 private:
  f32x4 shift_;
  i32x4 offset_;
};

}  // namespace kinvec
