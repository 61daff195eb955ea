// Words by chance: those that a training leaves out where they are frequent, and those that it sets
// against a word that did occur. Only square roots are used, whose rounding is fixed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "random.h"

namespace kinvec {

/// Draws words, each in proportion to its count to the power of 3/4, by Walker's alias method: in a
/// time that does not grow with the vocabulary, from eight bytes for each word.
class NegativeSampler {
 public:
  explicit NegativeSampler(std::span<const uint64_t> counts);

  uint32_t draw(Random& random) const {
    const uint64_t bits = random.next();
    const auto i = static_cast<uint32_t>(((bits >> 32) * cells_.size()) >> 32);
    return static_cast<uint32_t>(bits) < cells_[i].share ? i : cells_[i].alias;
  }

 private:
  /// A word, and the one that has the rest of its place.
  struct Cell {
    uint32_t share;  // of 2^32
    uint32_t alias;
  };

  std::vector<Cell> cells_;  // [n_words]
};

/// Sub-sampling as in word2vec: a word with the share f of the corpus stays with the probability
/// (sqrt(f / t) + 1) * t / f.
class SubSampling {
 public:
  /// `threshold` is t; 0: every word stays.
  SubSampling(std::span<const uint64_t> counts, double threshold);

  /// The probability.
  double share(uint32_t word) const {
    return shares_[word] == kAlways ? 1 : static_cast<double>(shares_[word]) / 4294967296.0;
  }

  bool keeps(uint32_t word, Random& random) const {
    return shares_[word] == kAlways || random.next_u32() < shares_[word];
  }

 private:
  static constexpr uint32_t kAlways = 0xFFFFFFFF;

  std::vector<uint32_t> shares_;  // [n_words] of 2^32
};

}  // namespace kinvec
