// Where a long word can be cut without any change to its tokens: between two characters that no
// merge brings together, since each merge joins a token that ends in the one with a token that
// begins with the other. So parts of a text without pre-tokenizer can be looked up like words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "merge_table.h"
#include "vocabulary.h"

namespace kinvec {

/// The pairs of characters that merges join, as a set that may hold a few pairs more: those are
/// places where a word could be cut and is not.
class Joints {
 public:
  /// `prefix`: of tokens that do not begin a word.
  Joints(const MergeTable& merges, const Vocabulary& vocabulary, std::string_view prefix);

  bool contains(char32_t before, char32_t after) const {
    const uint64_t bit = hash_of(before, after) & mask_;
    return (bits_[bit / 64] >> bit % 64 & 1) != 0;
  }

 private:
  static uint64_t hash_of(char32_t before, char32_t after) {
    return mix(before | uint64_t{after} << 32);
  }

  std::vector<uint64_t> bits_;
  uint64_t mask_;
};

}  // namespace kinvec
