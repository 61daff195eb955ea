#include "word_rows.h"

namespace kinvec {

WordRows::WordRows(const WordVocabulary& vocabulary,
                   const std::optional<SubwordOptions>& subwords) {
  const auto n_words = static_cast<uint32_t>(vocabulary.size());
  constexpr uint32_t kNone = 0;  // a word's row, which no bucket has
  std::vector<uint32_t> row_of_bucket(subwords ? subwords->buckets : 0, kNone);
  std::vector<uint32_t> ngrams;
  starts_.reserve(n_words + 1);
  starts_.push_back(0);
  for (uint32_t word = 0; word < n_words; ++word) {
    rows_.push_back(word);
    ngrams.clear();
    if (subwords) append_subwords(vocabulary.word(word), *subwords, ngrams);
    for (const uint32_t bucket : ngrams) {
      uint32_t& row = row_of_bucket[bucket];
      if (row == kNone) {
        row = n_words + static_cast<uint32_t>(buckets_.size());
        buckets_.push_back(bucket);
      }
      rows_.push_back(row);
    }
    starts_.push_back(static_cast<uint32_t>(rows_.size()));
  }
}

}  // namespace kinvec
