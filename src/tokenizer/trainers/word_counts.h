// How often each word occurs in the training texts: all that trainers know of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "string_table.h"

namespace kinvec {

/// Memory is bounded by the distinct words, which are numbered in the order of their first
/// occurrence. Characters are counted in it as well.
class WordCounts {
 public:
  /// Answers the word's number.
  uint32_t add(std::string_view word, uint64_t count = 1) {
    const uint32_t number = words_.add(word);
    if (number == counts_.size()) counts_.push_back(0);
    counts_[number] += count;
    return number;
  }

  size_t size() const { return counts_.size(); }
  std::string_view word(uint32_t i) const { return words_[i]; }
  uint64_t count(uint32_t i) const { return counts_[i]; }

  /// Bytes of the distinct words together.
  size_t n_bytes() const { return words_.n_bytes(); }

 private:
  StringTable words_;
  std::vector<uint64_t> counts_;  // [size]
};

}  // namespace kinvec
