// The logistic function by a table, as word2vec has it, and the loss of a decision taken by it.
#pragma once

#include <cstddef>
#include <vector>

namespace kinvec {

/// Steps of 12 / 1000 between -6 and 6, each with the value of its middle. Beyond, the function is
/// 0 or 1 and the loss 0 or |x|. Not a number counts as far below.
class Logistic {
 public:
  Logistic();

  float sigmoid(float x) const { return sigmoids_[cell(x)]; }

  /// -log(sigmoid(x)) of a product that should be large (`label`), -log(sigmoid(-x)) of one that
  /// should be small.
  float loss(float x, bool label) const {
    const float wrong = label ? -x : x;
    return wrong >= kLimit ? wrong : losses_[cell(wrong)];
  }

 private:
  static constexpr float kLimit = 6;
  static constexpr size_t kSteps = 1000;

  static size_t cell(float x) {
    if (!(x > -kLimit)) return 0;
    if (x >= kLimit) return kSteps + 1;
    constexpr float kScale = static_cast<float>(kSteps) / (2 * kLimit);
    return 1 + static_cast<size_t>((x + kLimit) * kScale);
  }

  // [kSteps + 2] with a cell at either end for what is beyond, into which rounding may carry a
  // number just below the limit.
  std::vector<float> sigmoids_;
  std::vector<float> losses_;
};

}  // namespace kinvec
