// exp2 and GELU on four lanes. Polynomials were fitted by weighted least squares towards the
// minimax; each function states its range and its largest error, which a test holds it to.
#pragma once

#include "simd.h"

namespace kinvec {

/// Hides from the compiler that a table is constant, so that its values stay loads. An engine
/// builds a vector constant anew at each use (V8: four instructions on x86), where a load-and-splat
/// is one.
inline const float* opaque(const float* table) {
  asm("" : "+r"(table));
  return table;
}

/// Horner's scheme; terms [degree + 1], the highest power first.
template <int degree>
inline f32x4 polynomial(const float* terms, f32x4 x) {
  f32x4 p = splat(terms[0]);
  for (int i = 1; i <= degree; ++i) p = p * x + splat(terms[i]);
  return p;
}

inline constexpr float kExp2Terms[] = {
    // Lower end of the range.
    -126.0F,
    // 2^r for r in [-1/2, 1/2].
    0.001326472731307149F,
    0.009671512991189957F,
    0.05550733581185341F,
    0.24022242426872253F,
    0.6931470036506653F,
    1.0F,
};

/// 2^x. Valid for x <= 127; below -126 the result is 2^-126, which callers treat as zero.
/// Largest relative error 2.5e-7.
inline f32x4 exp2(f32x4 x) {
  const float* t = opaque(kExp2Terms);
  x = max(x, splat(t[0]));
  const i32x4 whole = round_to_int(x);
  const f32x4 p = polynomial<5>(t + 1, x - to_float(whole));
  return p * float_from_bits((whole + splat(127)) << 23);
}

inline constexpr float kExp2ForStepsTerms[] = {
    // Lower end of the range, 1/8.
    -9.0F,
    0.125F,
    // 2^y for y in [-9/8, 0].
    0.043970562517642975F,
    0.2362714558839798F,
    0.6928176283836365F,
    1.0F,
};

/// 2^x for x <= 0, as far as a result in 255 steps needs it: a cubic for 2^(x / 8), squared three
/// times. Below -9 it is 2^-9, less than half a step. Largest absolute error 5.1e-5; 1 at 0.
inline f32x4 exp2_for_steps(f32x4 x) {
  const float* t = opaque(kExp2ForStepsTerms);
  const f32x4 eighth = polynomial<3>(t + 2, max(x, splat(t[0])) * splat(t[1]));
  const f32x4 quarter = eighth * eighth;
  const f32x4 half = quarter * quarter;
  return half * half;
}

/// x * Phi(x), Phi the standard normal distribution function (the erf form of GELU), by
/// Phi(x) = 1/2 + c P(c^2) / Q(c^2) with c = x clamped to a limit.
/// terms: the limit, P, Q, 1/2.
template <int p_degree, int q_degree>
inline f32x4 gelu_by_quotient(const float* terms, f32x4 x) {
  const f32x4 limit = splat(terms[0]);
  const f32x4 c = min(max(x, -limit), limit);
  const f32x4 u = c * c;
  const f32x4 p = polynomial<p_degree>(terms + 1, u);
  const f32x4 q = polynomial<q_degree>(terms + p_degree + 2, u);
  return x * (splat(terms[p_degree + q_degree + 3]) + c * p / q);
}

inline constexpr float kGeluTerms[] = {
    5.0F,
    -9.545593826487675e-08F,
    4.77440444228705e-05F,
    0.004178821109235287F,
    0.028134118765592575F,
    0.39895471930503845F,
    0.001391722122207284F,
    0.024878859519958496F,
    0.2373151183128357F,
    1.0F,
    0.5F,
};

/// Largest error 2.6e-6 * max(1, |x|).
inline f32x4 gelu(f32x4 x) { return gelu_by_quotient<4, 3>(opaque(kGeluTerms), x); }

inline constexpr float kGeluForStepsTerms[] = {
    3.5F,
    0.0032513935584574938F,
    0.11299079656600952F,
    0.3980131149291992F,
    0.06313187628984451F,
    0.44263389706611633F,
    1.0F,
    0.5F,
};

/// For results that are rounded to 8 bits: largest error 2.1e-4 * max(1, |x|), a tenth of a step
/// and less.
inline f32x4 gelu_for_steps(f32x4 x) {
  return gelu_by_quotient<2, 2>(opaque(kGeluForStepsTerms), x);
}

}  // namespace kinvec
