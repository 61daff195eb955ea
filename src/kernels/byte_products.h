// Sixteen products of a row of 8-bit weights and a row of activations, in the instructions of this
// build: the step of products of single rows, where gemm.h has those of whole matrices.
#pragma once

#include "activation_rows.h"
#include "simd.h"

namespace kinvec {

/// sums + weights [16] * activations [16], spread over the four lanes in a way that depends on the
/// build: only the sum of the lanes is the same everywhere. Weights of -127 to 127.
inline i32x4 add_products(const int8_t* weights, const Activation* activations, i32x4 sums) {
#if defined(__wasm_relaxed_simd__)
  return static_cast<i32x4>(wasm_i32x4_relaxed_dot_i8x16_i7x16_add(
      wasm_v128_load(weights), wasm_v128_load(activations), static_cast<v128_t>(sums)));
#elif defined(__wasm_simd128__)
  const v128_t low = wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(weights), wasm_v128_load(activations));
  const v128_t high =
      wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(weights + 8), wasm_v128_load(activations + 8));
  return sums + static_cast<i32x4>(wasm_i32x4_add(low, high));
#else
  for (int i = 0; i < 16; ++i) sums[i % 4] += weights[i] * activations[i];
  return sums;
#endif
}

/// 16 weights as activations, less the mode's offset of 128 (see activation_rows.h): the same
/// numbers with the zero point of weights_as_activations_zero().
inline void weights_as_activations(const int8_t* weights, DotMode mode, Activation* activations) {
#if defined(__wasm_relaxed_simd__)
  // Unsigned engines get 128 more, which flips the top bit.
  const v128_t flip = wasm_i8x16_splat(static_cast<int8_t>(mode == DotMode::kUnsigned ? 128 : 0));
  wasm_v128_store(activations, wasm_v128_xor(wasm_v128_load(weights), flip));
#elif defined(__wasm_simd128__)
  (void)mode;
  wasm_v128_store(activations, wasm_i16x8_load8x8(weights));
  wasm_v128_store(activations + 8, wasm_i16x8_load8x8(weights + 8));
#else
  (void)mode;
  for (int i = 0; i < 16; ++i) activations[i] = static_cast<Activation>(weights[i] + 128);
#endif
}

inline int32_t weights_as_activations_zero(DotMode mode) {
#if defined(__wasm_relaxed_simd__)
  return mode == DotMode::kUnsigned ? 128 : 0;
#elif defined(__wasm_simd128__)
  (void)mode;
  return 0;
#else
  (void)mode;
  return 128;
#endif
}

}  // namespace kinvec
