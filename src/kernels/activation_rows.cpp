#include "activation_rows.h"

namespace kinvec {

namespace {

// Of 16 values, for one step of the running smallest or largest instead of four.
template <class Reduce>
f32x4 reduce(const f32x4 (&v)[4], const Reduce& of) {
  return of(of(v[0], v[1]), of(v[2], v[3]));
}

// load(i, offset): the four values from column i + offset on. The offset is apart, since it is a
// constant that engines take into the load.
template <class Load>
void quantize(const Load& load, size_t n, const ActivationRows& out, size_t row) {
  const size_t whole = n / 16 * 16;
  f32x4 low = splat(0.0F);
  f32x4 high = splat(0.0F);
// Not unrolled further, here and below: more bytes, no less time.
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < whole; i += 16) {
    const f32x4 v[4] = {load(i, 0), load(i, 4), load(i, 8), load(i, 12)};
    low = min(low, reduce(v, min));
    high = max(high, reduce(v, max));
  }
#pragma clang loop unroll(disable)
  for (size_t i = whole; i < n; i += 4) {
    low = min(low, load(i, 0));
    high = max(high, load(i, 0));
  }
  const float range = max_lane(high) - min_lane(low);
  const f32x4 inverse = splat(range > 0.0F ? 255.0F / range : 0.0F);
  const i32x4 zero = round_to_int(splat(-min_lane(low)) * inverse);
  out.scales[row] = range / 255.0F;
  out.zero_points[row] = (zero - splat(dot_offset(out.mode)))[0];

  const Rounding code(zero);
  const ActivationStore store(out.mode);
  Activation* values = out.values + row * out.stride;
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < whole; i += 16) {
    store(values + i, code(load(i, 0) * inverse), code(load(i, 4) * inverse),
          code(load(i, 8) * inverse), code(load(i, 12) * inverse));
  }
  if (whole < n) {
    i32x4 rest[4] = {};
    for (size_t i = whole; i < n; i += 4) rest[(i - whole) / 4] = code(load(i, 0) * inverse);
    store(values + whole, rest[0], rest[1], rest[2], rest[3]);
  }
}

}  // namespace

void quantize_row(const float* x, const float* inverse_smooth, size_t n, const ActivationRows& out,
                  size_t row) {
  const auto plain = [=](size_t i, size_t offset) { return load_f32x4(x + i + offset); };
  const auto smoothed = [=](size_t i, size_t offset) {
    return plain(i, offset) * load_f32x4(inverse_smooth + i + offset);
  };
  if (inverse_smooth == nullptr) {
    quantize(plain, n, out, row);
  } else {
    quantize(smoothed, n, out, row);
  }
}

}  // namespace kinvec
