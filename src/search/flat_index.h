// Exact nearest vectors by dot product: a scan over all rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../error.h"

namespace kinvec {

struct Hit {
  uint32_t row = 0;
  float score = 0.0F;
};

class FlatIndex {
 public:
  explicit FlatIndex(size_t dimensions) : dimensions_(dimensions) {}

  size_t dimensions() const { return dimensions_; }
  size_t size() const { return dimensions_ == 0 ? 0 : rows_.size() / dimensions_; }

  /// Appends `count` vectors, [count, dimensions]. INVALID_ARGUMENT (at = the vector) and no change
  /// when a value is not finite.
  Result<void> add(const float* vectors, size_t count);
  void clear() { rows_.clear(); }

  /// The `top_k` rows with the largest dot product with query [dimensions], best first; equal
  /// scores in the order of their rows. Fewer when the index is smaller.
  std::vector<Hit> search(const float* query, size_t top_k) const;

 private:
  size_t dimensions_;
  std::vector<float> rows_;  // [size, dimensions]
};

/// Dot product of [n] with [n] in four lanes; any n.
float dot(const float* a, const float* b, size_t n);

}  // namespace kinvec
