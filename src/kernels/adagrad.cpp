#include "adagrad.h"

#include "simd.h"

namespace kinvec {

namespace {

/// One step of four values at x; `gradient` is without the rate.
void step(AdaGradRow row, size_t x, f32x4 value, f32x4 gradient, f32x4 rate) {
  const f32x4 limit = splat(100.0F);
  const f32x4 scaled = rate * max(min(gradient, limit), -limit);
  const f32x4 squares = load_f32x4(row.squares + x);
  store(row.values + x, value - scaled / sqrt(squares));
  store(row.squares + x, squares + scaled * scaled);
}

}  // namespace

void adagrad_step(float slope, float rate, AdaGradRow a, AdaGradRow b, size_t width) {
  const f32x4 slopes = splat(slope);
  const f32x4 rates = splat(rate);
  for (size_t x = 0; x < width; x += 4) {
    const f32x4 value_a = load_f32x4(a.values + x);
    const f32x4 value_b = load_f32x4(b.values + x);
    step(a, x, value_a, slopes * value_b, rates);
    step(b, x, value_b, slopes * value_a, rates);
  }
}

}  // namespace kinvec
