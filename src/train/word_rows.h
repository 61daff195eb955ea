// Which rows of the input matrix make up a word: its own, and with sub-words those of its n-grams.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "subwords.h"
#include "word_corpus.h"

namespace kinvec {

/// Words have the first rows. A bucket has one if some word has an n-gram in it, in the order of
/// the first that does; most of FastText's two million are empty in a page's corpus.
class WordRows {
 public:
  WordRows(const WordVocabulary& vocabulary, const std::optional<SubwordOptions>& subwords);

  /// The word's own row, then those of its n-grams; an n-gram that it has twice is there twice.
  std::span<const uint32_t> of(uint32_t word) const {
    return std::span(rows_).subspan(starts_[word], starts_[word + 1] - starts_[word]);
  }

  /// The bucket of each row behind the words' ones.
  std::span<const uint32_t> buckets() const { return buckets_; }

 private:
  std::vector<uint32_t> rows_;    // of all words, end to end
  std::vector<uint32_t> starts_;  // [n_words + 1]
  std::vector<uint32_t> buckets_;
};

}  // namespace kinvec
