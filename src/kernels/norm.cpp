#include "norm.h"

#include <cmath>

#include "simd.h"

namespace kinvec {

namespace {

// Several rows at once: each row's sums are one chain of additions, which alone would keep a
// processor waiting.
template <int rows>
void layer_norm_rows(float* x, const float* gamma, const float* beta, size_t n, float epsilon) {
  const auto count = static_cast<float>(n);
  f32x4 total[rows] = {};
  // Not unrolled further, here and below: more bytes, no less time.
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < n; i += 4) {
    for (int r = 0; r < rows; ++r) total[r] += load_f32x4(x + r * n + i);
  }
  f32x4 mean[rows];
  f32x4 squares[rows] = {};
  for (int r = 0; r < rows; ++r) mean[r] = splat(sum(total[r]) / count);
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < n; i += 4) {
    for (int r = 0; r < rows; ++r) {
      const f32x4 centred = load_f32x4(x + r * n + i) - mean[r];
      squares[r] += centred * centred;
    }
  }
  f32x4 scale[rows];
  for (int r = 0; r < rows; ++r) {
    scale[r] = splat(1.0F / std::sqrt(sum(squares[r]) / count + epsilon));
  }
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < n; i += 4) {
    const f32x4 g = load_f32x4(gamma + i);
    const f32x4 b = load_f32x4(beta + i);
    for (int r = 0; r < rows; ++r) {
      float* at = x + r * n + i;
      store(at, (load_f32x4(at) - mean[r]) * scale[r] * g + b);
    }
  }
}

}  // namespace

void layer_norm(float* x, size_t rows, const float* gamma, const float* beta, size_t n,
                float epsilon) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) layer_norm_rows<4>(x + r * n, gamma, beta, n, epsilon);
  for (; r < rows; ++r) layer_norm_rows<1>(x + r * n, gamma, beta, n, epsilon);
}

void l2_normalize(float* x, size_t n) {
  f32x4 squares = splat(0.0F);
  size_t i = 0;
#pragma clang loop unroll(disable)
  for (; i + 4 <= n; i += 4) {
    const f32x4 v = load_f32x4(x + i);
    squares += v * v;
  }
  float total = sum(squares);
#pragma clang loop unroll(disable)
  for (; i < n; ++i) total += x[i] * x[i];
  if (!(total > 0.0F)) return;
  const float scale = 1.0F / std::sqrt(total);
#pragma clang loop unroll(disable)
  for (size_t k = 0; k < n; ++k) x[k] *= scale;
}

}  // namespace kinvec
