// Rows of 8-bit integers with one scale each, one row after another: for scores of single rows with
// each other, where Int8Rows has those of all rows with a query. Scores are approximate, and the
// same bits in every build.
#pragma once

#include <cstdint>

#include "../kernels/activation_rows.h"
#include "row_blocks.h"

namespace kinvec {

/// A row as the second operand of products.
struct CodeQuery {
  AlignedBuffer<Activation> values;  // [stride]
  int32_t zero_point = 0;
  float scale = 0;
};

class CodeRows {
 public:
  CodeRows(size_t dimensions, DotMode mode);

  size_t bytes_per_row() const { return blocks_.bytes_per_row(); }
  bool reserve(size_t rows) { return blocks_.reserve(rows); }
  void shrink(size_t rows) { blocks_.shrink(rows); }

  /// Whether there was memory for what the rows need besides themselves.
  explicit operator bool() const { return codes_of_query_.data() != nullptr; }
  /// Room for a query; its values are null when there is no memory.
  CodeQuery make_query() const;

  /// Stores vector [dimensions] as row `row`, for which there is room.
  void write(size_t row, const float* vector) { encode(vector, codes(row)); }
  void move(size_t from, size_t to);

  /// Makes a row, or vector [dimensions], a query.
  void read(size_t row, CodeQuery& query) const { convert(codes(row), query); }
  void convert(const float* vector, CodeQuery& query) const;

  /// scores[i] = the product of rows[i] and the query.
  void score(const CodeQuery& query, const uint32_t* rows, size_t count, float* scores) const;

 private:
  // A row: codes [stride], scale, sum of the codes.
  int8_t* codes(size_t row) const {
    return reinterpret_cast<int8_t*>(blocks_.block(row >> shift_)) +
           (row & mask_) * blocks_.bytes_per_row();
  }
  /// Writes codes [stride], scale and sum of a vector.
  void encode(const float* vector, int8_t* row) const;
  void convert(const int8_t* row, CodeQuery& query) const;
  float finish(const int8_t* row, int32_t product, const CodeQuery& query) const;

  size_t dimensions_;
  size_t stride_;  // dimensions, rounded up to a multiple of 16; what is more is 0
  DotMode mode_;
  RowBlocks blocks_;
  size_t shift_;  // of rows per block
  size_t mask_;
  AlignedBuffer<int8_t> codes_of_query_;  // a row
};

}  // namespace kinvec
