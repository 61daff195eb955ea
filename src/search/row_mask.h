// Which rows of an index a search may find.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace kinvec {

/// All rows, or those whose bit is set: bit i % 8 of byte i / 8 for row i. A view.
class RowMask {
 public:
  RowMask() = default;  // all rows
  /// bits [(rows + 7) / 8], of which those after the last row are 0; null for all rows.
  explicit RowMask(const uint8_t* bits) : bits_(bits) {}

  bool all() const { return bits_ == nullptr; }
  bool has(size_t row) const { return bits_ == nullptr || (bits_[row / 8] >> row % 8 & 1) != 0; }

  /// Whether any of the 8 rows from `row` on, a multiple of 8, may be found.
  bool has_any_of_eight(size_t row) const { return bits_ == nullptr || bits_[row / 8] != 0; }

  /// How many of the first `rows` rows may be found.
  size_t count(size_t rows) const {
    if (bits_ == nullptr) return rows;
    size_t total = 0;
    for (size_t i = 0; i < (rows + 7) / 8; ++i)
      total += static_cast<size_t>(std::popcount(bits_[i]));
    return total;
  }

 private:
  const uint8_t* bits_ = nullptr;
};

}  // namespace kinvec
