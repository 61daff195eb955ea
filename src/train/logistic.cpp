#include "logistic.h"

#include <cmath>

namespace kinvec {

Logistic::Logistic() : sigmoids_(kSteps + 2), losses_(kSteps + 2) {
  for (size_t i = 1; i <= kSteps; ++i) {
    const double middle = (static_cast<double>(i) - 0.5) * (2 * kLimit) / kSteps - kLimit;
    sigmoids_[i] = static_cast<float>(1 / (1 + std::exp(-middle)));
    losses_[i] = static_cast<float>(std::log1p(std::exp(middle)));
  }
  sigmoids_[kSteps + 1] = 1;
}

}  // namespace kinvec
