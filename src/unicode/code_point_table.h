// A small number for each code point, where memory is worth taking only for the numbers needed.
// It must not know what the numbers mean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kinvec {

/// One byte for each code point up to U+10FFFF, 0 at first. Memory is taken for blocks of 256 code
/// points in which something is set.
class CodePointTable {
 public:
  CodePointTable() : page_of_block_(0x110000 >> kPageBits), pages_(kPageSize) {}

  uint8_t operator[](char32_t c) const {
    return pages_[(static_cast<size_t>(page_of_block_[c >> kPageBits]) << kPageBits) +
                  (c & (kPageSize - 1))];
  }

  /// Takes over the numbers other than 0 of a generated table, which CodePointRuns reads.
  void set_runs(std::span<const uint8_t> packed);

  void set(char32_t c, uint8_t value);
  void set(char32_t first, uint32_t count, uint8_t value) {
    for (uint32_t i = 0; i < count; ++i) set(first + i, value);
  }

 private:
  static constexpr int kPageBits = 8;
  static constexpr uint32_t kPageSize = 1u << kPageBits;

  std::vector<uint16_t> page_of_block_;  // page 0 is all 0
  std::vector<uint8_t> pages_;           // [pages][kPageSize]
};

}  // namespace kinvec
