// What an index asks of its rows, in whichever form they are kept.
#pragma once

#include <cstddef>

#include "../error.h"
#include "row_blocks.h"
#include "top_k.h"

namespace kinvec {

class RowStore {
 public:
  virtual ~RowStore() = default;
  RowStore(const RowStore&) = delete;
  RowStore& operator=(const RowStore&) = delete;

  size_t bytes_per_row() const { return blocks_.bytes_per_row(); }

  /// False, and no change, when there is no memory for `rows` rows in all.
  bool reserve(size_t rows) { return blocks_.reserve(rows); }
  /// Gives back memory that the first `rows` rows do not need.
  void shrink(size_t rows) { blocks_.shrink(rows); }

  /// Stores vector [dimensions] as row `row`, for which there is room.
  virtual void write(size_t row, const float* vector) = 0;

  /// Offers the score of each row of [0, rows) with query q to best[q]. queries [count,
  /// dimensions]. OUT_OF_MEMORY when there is none to work in.
  virtual Result<void> scan(const float* queries, size_t count, size_t rows, TopK* best) const = 0;

 protected:
  explicit RowStore(size_t bytes_per_row) : blocks_(bytes_per_row) {}

  const RowBlocks& blocks() const { return blocks_; }

 private:
  RowBlocks blocks_;
};

}  // namespace kinvec
