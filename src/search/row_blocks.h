// Memory for rows of one size, in blocks that never move: an index grows without the copy that an
// array would make of itself, which would take up to three times the memory for good, since a
// WebAssembly memory does not shrink.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "../kernels/aligned_buffer.h"

namespace kinvec {

class RowBlocks {
 public:
  explicit RowBlocks(size_t bytes_per_row);

  size_t bytes_per_row() const { return bytes_per_row_; }
  size_t rows_per_block() const { return rows_per_block_; }  // a power of two, 8 or more

  /// Makes room for `rows` rows in all; new blocks are zero. False, and no change, when there is no
  /// memory left.
  bool reserve(size_t rows);

  /// Gives back the blocks that hold none of the first `rows` rows.
  void shrink(size_t rows);

  /// [rows_per_block * bytes_per_row]; how a block is laid out is its user's choice.
  std::byte* block(size_t i) const { return blocks_[i].data(); }

  /// Calls visit(block, first_row, n_rows) for the blocks that hold rows [0, rows), in order.
  template <class Visit>
  void for_each(size_t rows, const Visit& visit) const {
    for (size_t first = 0; first < rows; first += rows_per_block_) {
      visit(block(first / rows_per_block_), first, std::min(rows_per_block_, rows - first));
    }
  }

 private:
  size_t blocks_for(size_t rows) const { return (rows + rows_per_block_ - 1) / rows_per_block_; }

  size_t bytes_per_row_;
  size_t rows_per_block_;
  std::vector<AlignedBuffer<std::byte>> blocks_;
};

}  // namespace kinvec
