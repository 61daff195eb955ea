#include "row_blocks.h"

#include <bit>
#include <cstring>

namespace kinvec {

namespace {

// Small enough to stay in a second-level cache while several queries pass over a block, and to be
// no burden on an index of a few rows.
constexpr size_t kBlockBytes = size_t{256} << 10;

// The int8 kernel reads rows by eight.
constexpr size_t kFewestRows = 8;

}  // namespace

RowBlocks::RowBlocks(size_t bytes_per_row)
    : bytes_per_row_(bytes_per_row),
      rows_per_block_(std::max(kFewestRows, std::bit_floor(kBlockBytes / bytes_per_row))) {}

bool RowBlocks::reserve(size_t rows) {
  const size_t before = blocks_.size();
  const size_t needed = blocks_for(rows);
  const size_t bytes = rows_per_block_ * bytes_per_row_;
  if (before < needed) blocks_.resize(needed);
  for (size_t i = before; i < needed; ++i) {
    blocks_[i] = AlignedBuffer<std::byte>(bytes);
    if (block(i) == nullptr) {
      blocks_.resize(before);
      return false;
    }
    std::memset(block(i), 0, bytes);
  }
  return true;
}

void RowBlocks::shrink(size_t rows) {
  if (blocks_for(rows) < blocks_.size()) blocks_.resize(blocks_for(rows));
}

}  // namespace kinvec
