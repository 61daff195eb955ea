// A matrix that is trained row by row.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

#include "../kernels/aligned_buffer.h"

namespace kinvec {

/// Rows are rounded up to whole vectors of four; what is more than their width is 0 and stays so.
class RowMatrix {
 public:
  /// [n_rows, width] zeros. False if there is no memory for them.
  bool allocate(uint64_t n_rows, uint32_t width) {
    stride_ = stride_of(width);
    const uint64_t bytes = n_rows * stride_ * sizeof(float);
    if (bytes > SIZE_MAX - 2 * kBufferAlignment) return false;
    numbers_ = AlignedBuffer<float>(n_rows * stride_);
    if (numbers_.data() != nullptr) std::memset(numbers_.data(), 0, bytes);
    return numbers_.data() != nullptr;
  }

  static size_t stride_of(uint32_t width) { return (size_t{width} + 3) / 4 * 4; }

  float* row(size_t i) const { return numbers_.data() + i * stride_; }
  size_t stride() const { return stride_; }

  /// [n_rows, stride]
  std::span<float> numbers() const { return {numbers_.data(), numbers_.size()}; }

  /// [n_rows, width] moves the rows together; there are no rows of a stride any more.
  std::span<float> pack(uint32_t width) {
    const size_t n_rows = stride_ == 0 ? 0 : numbers_.size() / stride_;
    for (size_t r = 1; r < n_rows; ++r) std::copy_n(row(r), width, row(0) + r * width);
    return {numbers_.data(), n_rows * width};
  }

 private:
  AlignedBuffer<float> numbers_;
  size_t stride_ = 0;
};

}  // namespace kinvec
