// Rows as they came, 32-bit floats: exact scores, 4 bytes per dimension. What is restored is not
// looked at: FlatIndex checks vectors, wherever they come from.
#pragma once

#include "row_store.h"

namespace kinvec {

class FloatRows final : public RowStore {
 public:
  explicit FloatRows(size_t dimensions)
      : RowStore(dimensions * sizeof(float), dimensions * sizeof(float)), dimensions_(dimensions) {}

  void write(size_t row, const float* vector) override;
  void save(size_t row, std::byte* stored) const override;
  bool restore(size_t row, const std::byte* stored) override;
  Result<void> scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                    ScoreSink& sink) const override;

  /// Dot product of a row with query [dimensions], the same bits as in a scan.
  float score(size_t row, const float* query) const;

  /// [dimensions]
  float* row(size_t i) const;

 private:
  size_t dimensions_;
};

}  // namespace kinvec
