// What an index asks of its rows, in whichever form they are kept. In files a row is its numbers,
// one after another, however they are laid out in memory.
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
  /// Bytes of a row in a file.
  size_t stored_bytes() const { return stored_bytes_; }

  /// False, and no change, when there is no memory for `rows` rows in all.
  bool reserve(size_t rows) { return blocks_.reserve(rows); }
  /// Gives back memory that the first `rows` rows do not need.
  void shrink(size_t rows) { blocks_.shrink(rows); }

  /// Stores vector [dimensions] as row `row`, for which there is room.
  virtual void write(size_t row, const float* vector) = 0;

  /// Writes row `row` as it is in files, [stored_bytes()].
  virtual void save(size_t row, std::byte* stored) const = 0;
  /// Puts back what save() wrote, for which there is room. False, and no change, for bytes that
  /// save() never writes.
  virtual bool restore(size_t row, const std::byte* stored) = 0;

  /// Offers the score of each row of [0, rows) with query q to best[q]. queries [count,
  /// dimensions]. OUT_OF_MEMORY when there is none to work in.
  virtual Result<void> scan(const float* queries, size_t count, size_t rows, TopK* best) const = 0;

 protected:
  RowStore(size_t bytes_per_row, size_t stored_bytes)
      : blocks_(bytes_per_row), stored_bytes_(stored_bytes) {}

  const RowBlocks& blocks() const { return blocks_; }

 private:
  RowBlocks blocks_;
  size_t stored_bytes_;
};

}  // namespace kinvec
