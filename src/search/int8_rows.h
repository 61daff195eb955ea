// Rows of 8-bit integers with one scale each, in panels of 8 rows that the encoder's int8 kernel
// reads: about 1 byte per dimension. A query is quantised to 8 bits as activations are, so scores
// are approximate, and the same in every build.
#pragma once

#include "../kernels/activation_rows.h"
#include "../kernels/panels.h"
#include "row_store.h"

namespace kinvec {

class Int8Rows final : public RowStore {
 public:
  static constexpr size_t kMaxDimensions = kMaxInnerSize;

  Int8Rows(size_t dimensions, DotMode mode);

  void write(size_t row, const float* vector) override;
  void save(size_t row, std::byte* stored) const override;  // scale, codes [dimensions]
  bool restore(size_t row, const std::byte* stored) override;
  Result<void> scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                    ScoreSink& sink) const override;

 private:
  /// codes [k_]
  void write_codes(size_t row, const int8_t* codes, float scale);

  // A block: values [rows / 8][k / 4][8][4], then scales [rows], then ksum [rows].
  int8_t* values(std::byte* block) const { return reinterpret_cast<int8_t*>(block); }
  float* scales(std::byte* block) const;
  int32_t* ksum(std::byte* block) const;

  size_t dimensions_;
  size_t k_;  // dimensions, rounded up to a multiple of 4
  DotMode mode_;
};

}  // namespace kinvec
