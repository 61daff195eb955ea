// The training words as one sequence of characters, which pieces are parts of.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "word_counts.h"

namespace kinvec {

/// A stretch of characters.
struct Substring {
  uint32_t begin;
  uint32_t length;
};

/// A word of the corpus and how often it occurs.
struct Sentence : Substring {
  double count;
};

/// A boundary (U+0000) follows every sentence.
struct TrainingCorpus {
  static constexpr char32_t kBoundary = 0;
  /// Longer words are cut: a bound on the lattice of a sentence, and on the time of a step.
  static constexpr uint32_t kLongestSentence = 1 << 14;

  std::vector<char32_t> text;
  std::vector<Sentence> sentences;

  void add(std::string_view word, uint64_t count);

  std::span<const char32_t> characters(Substring part) const {
    return {text.data() + part.begin, part.length};
  }
};

}  // namespace kinvec
