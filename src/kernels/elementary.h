// exp2 and GELU on four lanes. Polynomials were fitted by weighted least squares towards the
// minimax; each function states its range and its largest error, which a test holds it to.
#pragma once

#include <cstddef>

#include "simd.h"

namespace kinvec {

/// A table of constants as vectors, which a loop keeps in registers.
template <size_t n>
class Terms {
 public:
  explicit Terms(const float (&table)[n]) {
    const float* values = opaque(&table[0]);
    for (size_t i = 0; i < n; ++i) terms_[i] = splat(values[i]);
  }

  f32x4 operator[](size_t i) const { return terms_[i]; }

  /// By Horner's scheme, the highest power first: that of terms [first, first + degree].
  template <int degree>
  f32x4 polynomial(size_t first, f32x4 x) const {
    f32x4 p = terms_[first];
    for (size_t i = 1; i <= degree; ++i) p = p * x + terms_[first + i];
    return p;
  }

 private:
  f32x4 terms_[n];
};

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
class Exp2 {
 public:
  f32x4 operator()(f32x4 x) const {
    x = max(x, terms_[0]);
    const i32x4 whole = round_to_int(x);
    const f32x4 p = terms_.polynomial<5>(1, x - to_float(whole));
    return p * float_from_bits((whole + splat(127)) << 23);
  }

 private:
  Terms<7> terms_{kExp2Terms};
};

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
class Exp2ForSteps {
 public:
  f32x4 operator()(f32x4 x) const {
    const f32x4 eighth = terms_.polynomial<3>(2, max(x, terms_[0]) * terms_[1]);
    const f32x4 quarter = eighth * eighth;
    const f32x4 half = quarter * quarter;
    return half * half;
  }

 private:
  Terms<6> terms_{kExp2ForStepsTerms};
};

/// x * Phi(x), Phi the standard normal distribution function (the erf form of GELU), by
/// Phi(x) = 1/2 + c P(c^2) / Q(c^2) with c = x clamped to a limit.
/// Terms: the limit, P, Q, 1/2.
template <int p_degree, int q_degree>
class GeluByQuotient {
 public:
  static constexpr size_t kTerms = p_degree + q_degree + 4;

  explicit GeluByQuotient(const float (&table)[kTerms]) : terms_(table) {}

  f32x4 operator()(f32x4 x) const {
    const f32x4 limit = terms_[0];
    const f32x4 c = min(max(x, -limit), limit);
    const f32x4 u = c * c;
    const f32x4 p = terms_.template polynomial<p_degree>(1, u);
    const f32x4 q = terms_.template polynomial<q_degree>(p_degree + 2, u);
    return x * (terms_[kTerms - 1] + c * p / q);
  }

 private:
  Terms<kTerms> terms_;
};

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
struct Gelu : GeluByQuotient<4, 3> {
  Gelu() : GeluByQuotient(kGeluTerms) {}
};

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
struct GeluForSteps : GeluByQuotient<2, 2> {
  GeluForSteps() : GeluByQuotient(kGeluForStepsTerms) {}
};

}  // namespace kinvec
