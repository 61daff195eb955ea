// A small number for each code point, and the coding of tables that are kept as runs.
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

/// Neighbouring code points that have a number in common.
struct CodePointRun {
  char32_t first;
  uint32_t count;
  uint8_t value;
};

/// Reads runs in ascending order from a generated table: for each the code points left out since
/// the last run, then count - 1, both as LEB128, then the value.
class CodePointRuns {
 public:
  explicit CodePointRuns(std::span<const uint8_t> coded)
      : at_(coded.data()), end_(at_ + coded.size()) {}

  bool next(CodePointRun& run);

 private:
  uint32_t read_number();

  const uint8_t* at_;
  const uint8_t* end_;
  char32_t next_first_ = 0;
};

}  // namespace kinvec
