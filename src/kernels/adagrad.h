// A step of AdaGrad (Duchi, Hazan and Singer, 2011) on two vectors whose product is learnt.
#pragma once

#include <cstddef>

namespace kinvec {

/// A vector that is learnt, and the squares of its gradients so far.
struct AdaGradRow {
  float* values;   // [width]
  float* squares;  // [width] above 0; infinite where the value is to stay
};

/// Both vectors go down the gradient of a cost of their product, of which `slope` is the
/// derivative. A gradient is cut to [-100, 100], and has the rate in it when it is squared: with
/// squares of 1 the first step has the length that the rate says. `width` is a multiple of 4.
void adagrad_step(float slope, float rate, AdaGradRow a, AdaGradRow b, size_t width);

}  // namespace kinvec
