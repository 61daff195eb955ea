#include "binary_rows.h"

#include <cstring>

namespace kinvec {

namespace {

constexpr size_t kWordBits = 64;

/// One bit per value, set where it is positive.
void write_signs(const float* vector, size_t n, uint64_t* words) {
  for (size_t i = 0; i < n; i += kWordBits) {
    uint64_t word = 0;
    for (size_t bit = 0; bit < std::min(kWordBits, n - i); ++bit) {
      word |= static_cast<uint64_t>(vector[i + bit] > 0.0F) << bit;
    }
    words[i / kWordBits] = word;
  }
}

}  // namespace

BinaryRows::BinaryRows(size_t dimensions)
    : RowStore((dimensions + kWordBits - 1) / kWordBits * sizeof(uint64_t), (dimensions + 7) / 8),
      dimensions_(dimensions),
      words_(bytes_per_row() / sizeof(uint64_t)) {}

uint64_t* BinaryRows::words(size_t row) const {
  const size_t per_block = blocks().rows_per_block();
  return reinterpret_cast<uint64_t*>(blocks().block(row / per_block)) + row % per_block * words_;
}

void BinaryRows::write(size_t row, const float* vector) {
  write_signs(vector, dimensions_, words(row));
}

void BinaryRows::save(size_t row, std::byte* stored) const {
  std::memcpy(stored, words(row), stored_bytes());
}

bool BinaryRows::restore(size_t row, const std::byte* stored) {
  const size_t used = dimensions_ % 8;  // bits of the last byte
  if (used != 0 && (std::to_integer<unsigned>(stored[stored_bytes() - 1]) >> used) != 0) {
    return false;
  }
  std::memcpy(words(row), stored, stored_bytes());
  return true;
}

Result<void> BinaryRows::scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                              ScoreSink& sink) const {
  const AlignedBuffer<uint64_t> signs(count * words_);
  if (signs.data() == nullptr) return no_memory_to_search();
  for (size_t q = 0; q < count; ++q) {
    write_signs(queries + q * dimensions_, dimensions_, signs.data() + q * words_);
  }
  const auto score = [&](const std::byte* block, const ScanRows& range, size_t query, size_t n,
                         float* out, size_t stride) {
    score_signs(reinterpret_cast<const uint64_t*>(block), range, signs.data() + query * words_, n,
                words_, dimensions_, out, stride);
  };
  if (!scan_blocks(count, rows, allowed, sink, score)) return no_memory_to_search();
  return {};
}

}  // namespace kinvec
