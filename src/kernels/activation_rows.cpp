#include "activation_rows.h"

namespace kinvec {

namespace {

template <class Load>
void quantize(const Load& load, size_t n, const ActivationRows& out, size_t row) {
  f32x4 low = splat(0.0F);
  f32x4 high = splat(0.0F);
  for (size_t i = 0; i < n; i += 4) {
    const f32x4 v = load(i);
    low = min(low, v);
    high = max(high, v);
  }
  const float range = max_lane(high) - min_lane(low);
  const float scale = range / 255.0F;
  const float inverse = range > 0.0F ? 255.0F / range : 0.0F;
  const i32x4 zero = round_to_int(splat(-min_lane(low) * inverse));

  Activation* values = out.values + row * out.stride;
  const auto code = [&](size_t i) { return round_to_int(load(i) * splat(inverse)) + zero; };
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    store_activations(values + i, code(i), code(i + 4), code(i + 8), code(i + 12), out.mode);
  }
  if (i < n) {
    i32x4 rest[4] = {};
    for (size_t g = 0; i + 4 * g < n; ++g) rest[g] = code(i + 4 * g);
    store_activations(values + i, rest[0], rest[1], rest[2], rest[3], out.mode);
  }
  out.scales[row] = scale;
  out.zero_points[row] = (zero - splat(dot_offset(out.mode)))[0];
}

}  // namespace

void quantize_row(const float* x, const RowTransform& transform, size_t n,
                  const ActivationRows& out, size_t row) {
  const float* mean = transform.mean;
  const float* inverse_smooth = transform.inverse_smooth;
  if (mean == nullptr && inverse_smooth == nullptr) {
    quantize([&](size_t i) { return load_f32x4(x + i); }, n, out, row);
  } else if (mean == nullptr) {
    quantize([&](size_t i) { return load_f32x4(x + i) * load_f32x4(inverse_smooth + i); }, n, out,
             row);
  } else if (inverse_smooth == nullptr) {
    quantize([&](size_t i) { return load_f32x4(x + i) - load_f32x4(mean + i); }, n, out, row);
  } else {
    const auto load = [&](size_t i) {
      return (load_f32x4(x + i) - load_f32x4(mean + i)) * load_f32x4(inverse_smooth + i);
    };
    quantize(load, n, out, row);
  }
}

}  // namespace kinvec
