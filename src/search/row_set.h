// A set of rows, one bit each.
#pragma once

#include <algorithm>
#include <cstdint>

#include "../kernels/aligned_buffer.h"

namespace kinvec {

class RowSet {
 public:
  /// Makes room for rows [0, rows); the set is then empty if it had to grow. False, and no change,
  /// when there is no memory.
  bool reserve(size_t rows) {
    if (rows <= words_.size() * kBits) return true;
    // In large steps, since a set that grows starts anew.
    AlignedBuffer<uint64_t> larger((rows + kStep - 1) / kStep * (kStep / kBits));
    if (larger.data() == nullptr) return false;
    words_ = std::move(larger);
    clear(words_.size() * kBits);
    return true;
  }

  /// Takes out rows [0, rows).
  void clear(size_t rows) { std::fill_n(words_.data(), (rows + kBits - 1) / kBits, 0); }

  bool has(size_t row) const { return (words_[row / kBits] >> row % kBits & 1) != 0; }
  void insert(size_t row) { words_[row / kBits] |= uint64_t{1} << row % kBits; }
  void erase(size_t row) { words_[row / kBits] &= ~(uint64_t{1} << row % kBits); }

 private:
  static constexpr size_t kBits = 64;
  static constexpr size_t kStep = size_t{1} << 15;

  AlignedBuffer<uint64_t> words_;
};

}  // namespace kinvec
