// exp2 and GELU on four lanes. Polynomials were fitted by weighted least squares towards the
// minimax; each function states its range and its largest error, which a test holds it to.
#pragma once

#include "simd.h"

namespace kinvec {

/// 2^x. Valid for x <= 127; below -126 the result is 2^-126, which callers treat as zero.
/// Largest relative error 2.5e-7.
inline f32x4 exp2(f32x4 x) {
  x = max(x, splat(-126.0F));
  const i32x4 whole = round_to_int(x);
  const f32x4 r = x - to_float(whole);  // [-1/2, 1/2]
  f32x4 p = splat(0.001326472731307149F);
  p = p * r + splat(0.009671512991189957F);
  p = p * r + splat(0.05550733581185341F);
  p = p * r + splat(0.24022242426872253F);
  p = p * r + splat(0.6931470036506653F);
  p = p * r + splat(1.0F);
  return p * float_from_bits((whole + splat(127)) << 23);
}

/// x * Phi(x), Phi the standard normal distribution function (the erf form of GELU).
/// Phi(x) = 1/2 + c P(c^2) / Q(c^2) with c = x clamped to [-5, 5]. Largest error 2.6e-6 max(1,
/// |x|).
inline f32x4 gelu(f32x4 x) {
  const f32x4 c = min(max(x, splat(-5.0F)), splat(5.0F));
  const f32x4 u = c * c;
  f32x4 p = splat(-9.545593826487675e-08F);
  p = p * u + splat(4.77440444228705e-05F);
  p = p * u + splat(0.004178821109235287F);
  p = p * u + splat(0.028134118765592575F);
  p = p * u + splat(0.39895471930503845F);
  f32x4 q = splat(0.001391722122207284F);
  q = q * u + splat(0.024878859519958496F);
  q = q * u + splat(0.2373151183128357F);
  q = q * u + splat(1.0F);
  return x * (splat(0.5F) + c * p / q);
}

}  // namespace kinvec
