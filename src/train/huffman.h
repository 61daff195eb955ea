// Huffman codes of words: for hierarchical softmax, which instead of one decision among all words
// takes one for each inner node on the way to a word, few for frequent ones.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kinvec {

class HuffmanTree {
 public:
  /// A decision: which inner node takes it, and how.
  struct Turn {
    uint32_t node : 31;  // 0 to n_words - 2, the last one is the root
    uint32_t bit : 1;
  };

  /// `counts` do not rise.
  explicit HuffmanTree(std::span<const uint64_t> counts);

  /// The way from the root to a word; empty if that is the only one.
  std::span<const Turn> path(uint32_t word) const {
    return std::span(turns_).subspan(starts_[word], starts_[word + 1] - starts_[word]);
  }

  /// Turns of the longest path.
  size_t depth() const { return depth_; }

 private:
  std::vector<Turn> turns_;
  std::vector<size_t> starts_;  // [n_words + 1]
  size_t depth_ = 0;
};

}  // namespace kinvec
