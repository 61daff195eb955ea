#include "panels.h"

#include <cmath>
#include <cstring>

#include "simd.h"

namespace kinvec {

namespace {

int32_t sum_int8(const int8_t* x, size_t n) {
  int32_t total = 0;
  size_t i = 0;
#ifdef __wasm_simd128__
  v128_t sums = wasm_i32x4_const_splat(0);
  for (; i + 16 <= n; i += 16) {
    const v128_t pairs = wasm_i16x8_extadd_pairwise_i8x16(wasm_v128_load(x + i));
    sums = wasm_i32x4_add(sums, wasm_i32x4_extadd_pairwise_i16x8(pairs));
  }
  total = sum(static_cast<i32x4>(sums));
#endif
  for (; i < n; ++i) total += x[i];
  return total;
}

// Words of 4 k: 4 channels by 4 words become 4 words of 4 channels.
void transpose(i32x4 (&v)[4]) {
  const i32x4 a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);
  const i32x4 b = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);
  const i32x4 c = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
  const i32x4 d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
  v[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
  v[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
  v[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
  v[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
}

}  // namespace

// Loading a model waits for this, in code that no engine has had time to optimise: hence vectors.
void pack_int8_in_place(int8_t* rows, size_t n, size_t k, int32_t* ksum, int8_t* scratch) {
  for (size_t channel = 0; channel < n; channel += kPanelChannels) {
    int8_t* panel = rows + channel * k;
    std::memcpy(scratch, panel, kPanelChannels * k);
    for (size_t c = 0; c < kPanelChannels; ++c) {
      ksum[channel + c] = sum_int8(scratch + c * k, k);
    }
    for (size_t half = 0; half < kPanelChannels; half += 4) {
      const int8_t* four = scratch + half * k;
      int8_t* words = panel + half * 4;
      size_t i = 0;
      for (; i + 16 <= k; i += 16) {
        i32x4 v[4];
        for (size_t c = 0; c < 4; ++c) std::memcpy(&v[c], four + c * k + i, 16);
        transpose(v);
        for (size_t w = 0; w < 4; ++w) std::memcpy(words + (i + 4 * w) * kPanelChannels, &v[w], 16);
      }
      for (; i < k; i += 4) {
        for (size_t c = 0; c < 4; ++c) {
          std::memcpy(words + i * kPanelChannels + c * 4, four + c * k + i, 4);
        }
      }
    }
  }
}

void pack_float_panel(const float* rows, size_t k, float* panel) {
  for (size_t c = 0; c < kPanelChannels; ++c) {
    for (size_t i = 0; i < k; ++i) panel[i * kPanelChannels + c] = rows[c * k + i];
  }
}

float quantize_row_int8(const float* x, size_t n, int8_t* q, int limit) {
  const auto most = static_cast<float>(limit);
  float largest = 0.0F;
  for (size_t i = 0; i < n; ++i) largest = std::fmax(largest, std::fabs(x[i]));
  // A row of zeros, or one with an infinity, has no usable scale and becomes zeros.
  const float inverse = largest > 0.0F && std::isfinite(largest) ? most / largest : 0.0F;
  for (size_t i = 0; i < n; ++i) {
    const float code = std::nearbyint(x[i] * inverse);
    q[i] = code >= -most && code <= most ? static_cast<int8_t>(code) : int8_t{0};
  }
  return inverse > 0.0F ? largest / most : 0.0F;
}

float narrow_int8_to_int7(int8_t* q, size_t n) {
  constexpr float kRatio = static_cast<float>(kInt7Limit) / static_cast<float>(kInt8Limit);
  for (size_t i = 0; i < n; ++i) {
    // -128, which no quantiser here writes, may still stand in a file.
    const float code = std::nearbyint(static_cast<float>(q[i]) * kRatio);
    q[i] = static_cast<int8_t>(std::fmax(code, static_cast<float>(-kInt7Limit)));
  }
  return 1.0F / kRatio;
}

}  // namespace kinvec
