#include "norm.h"

#include <cmath>

#include "simd.h"

namespace kinvec {

void layer_norm(float* x, const float* gamma, const float* beta, size_t n, float epsilon) {
  f32x4 total = splat(0.0F);
  for (size_t i = 0; i < n; i += 4) total += load_f32x4(x + i);
  const float mean = sum(total) / static_cast<float>(n);

  f32x4 squares = splat(0.0F);
  for (size_t i = 0; i < n; i += 4) {
    const f32x4 centred = load_f32x4(x + i) - splat(mean);
    squares += centred * centred;
  }
  const float variance = sum(squares) / static_cast<float>(n);
  const float scale = 1.0F / std::sqrt(variance + epsilon);

  for (size_t i = 0; i < n; i += 4) {
    const f32x4 centred = load_f32x4(x + i) - splat(mean);
    store(x + i, centred * splat(scale) * load_f32x4(gamma + i) + load_f32x4(beta + i));
  }
}

void l2_normalize(float* x, size_t n) {
  f32x4 squares = splat(0.0F);
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    const f32x4 v = load_f32x4(x + i);
    squares += v * v;
  }
  float total = sum(squares);
  for (; i < n; ++i) total += x[i] * x[i];
  if (!(total > 0.0F)) return;
  const float scale = 1.0F / std::sqrt(total);
  for (size_t k = 0; k < n; ++k) x[k] *= scale;
}

}  // namespace kinvec
