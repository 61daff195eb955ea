// How far several trainers would have brought a row one after the other, from how far each brought
// it by itself.
//
// To a row, training is steps down a bowl: an update leaves the share 1 - rate * curvature of what
// the row is away from the bottom. Of n updates each, one after the other, the second trainer finds
// only the share q = (1 - rate * curvature)^n left, the third q^2. So all together change the row
// by the mean of their changes times 1 + q + q^2 ...: by their sum where a row is updated rarely,
// by their mean where it is at the bottom in any case. The curvature is that of the logistic loss,
// which differs by direction: it is large along the few directions that most vectors share. There
// sums overshoot, and everywhere else means fall behind.
#pragma once

#include <cstdint>
#include <vector>

#include "../kernels/simd.h"
#include "row_matrix.h"

namespace kinvec {

class JointChange {
 public:
  /// Vectors of so many numbers. False if there is no memory.
  bool allocate(uint32_t width, size_t most_samples);

  /// [most_samples, stride] the vectors that the row is multiplied by in its updates, to be set
  /// before measure().
  RowMatrix& samples() { return samples_; }

  /// Finds the directions of the first `n_samples`, of which `n_different` are so. An update
  /// multiplies the row by `per_update` of such vectors, or by the mean of `averaged` of them.
  void measure(size_t n_samples, size_t n_different, float per_update, float averaged);

  /// Turns the sum of the changes of `n_trainers` [stride] into what they change together; `steps`
  /// is the sum of the learning rates of the updates by one of them.
  void join(float* sum, float steps, uint32_t n_trainers) const;

 private:
  static constexpr size_t kDirections = 4;

  void start_directions();
  void make_orthonormal();

  uint32_t width_ = 0;
  RowMatrix samples_;
  RowMatrix directions_;   // [kDirections, width] orthonormal, or 0
  RowMatrix products_;     // [kDirections + 2, width] with the mean of the samples, and scratch
  f32x4 curvatures_ = {};  // [kDirections]
  float rest_ = 0;         // of any other direction
};

}  // namespace kinvec
