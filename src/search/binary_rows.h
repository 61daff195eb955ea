// Rows of signs, one bit per dimension: scored by how many signs they share with the query's
// (the Hamming distance), 1 for all to -1 for none, which is the cosine of the two sign vectors.
#pragma once

#include <cstdint>

#include "row_store.h"

namespace kinvec {

class BinaryRows final : public RowStore {
 public:
  explicit BinaryRows(size_t dimensions);

  void write(size_t row, const float* vector) override;
  void save(size_t row, std::byte* stored) const override;
  bool restore(size_t row, const std::byte* stored) override;
  Result<void> scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                    ScoreSink& sink) const override;

 private:
  uint64_t* words(size_t row) const;

  size_t dimensions_;
  size_t words_;  // 64-bit words per row; bits after the last dimension are 0
};

}  // namespace kinvec
