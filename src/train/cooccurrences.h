// How often words stand near each other: what GloVe learns from.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "long_list.h"
#include "random.h"
#include "word_corpus.h"

namespace kinvec {

/// A pair of words, which is the same either way round.
struct Cooccurrence {
  uint32_t word;
  uint32_t other;  // at most `word`: at least as frequent
  float count;     // the sum of 1 / distance
};

/// Counts word by word: an occurrence is looked up, and its neighbours added to one sum for each
/// word. So nothing has to be sorted or merged, and the pairs that come out take all the memory.
/// Where even they are too many, they are counted in parts.
class CooccurrenceCounter {
 public:
  /// `counts` are those of the corpus's words. Neighbours are up to `window` words away, in the
  /// same sentence.
  CooccurrenceCounter(WordCorpus corpus, std::span<const uint64_t> counts, uint32_t window);

  /// Begins with the first of all words, whose order is drawn by chance.
  void start(Random& random);

  /// Looks at `n_occurrences` words of the corpus more, and appends the pairs of each word of the
  /// vocabulary that is counted to its end. True at the end of a part: all words are counted, or
  /// the next one's pairs may be too many for `most_pairs`. It is then the next part's first,
  /// however many they are.
  bool count(uint64_t n_occurrences, size_t most_pairs, LongList<Cooccurrence>& pairs);

  const WordCorpus& corpus() const { return corpus_; }

  /// Words of the corpus looked at since the start; all of them in the end.
  uint64_t n_counted() const { return n_counted_; }
  uint64_t n_total() const { return positions_.size(); }

 private:
  void add_neighbours(size_t position, uint32_t word);
  void add(uint32_t word, uint32_t other, uint32_t distance);
  void append_pairs(uint32_t word, LongList<Cooccurrence>& pairs);

  WordCorpus corpus_;
  std::vector<float> weights_;       // [window + 1] by distance
  std::vector<uint32_t> starts_;     // [n_words + 1] of a word in the positions
  std::vector<uint32_t> positions_;  // in the corpus, of all occurrences of a word after the other

  std::vector<uint32_t> order_;  // [n_words]
  size_t next_ = 0;              // in the order
  size_t n_seen_ = 0;            // occurrences of that word
  uint64_t n_counted_ = 0;

  std::vector<double> sums_;       // [n_words] of the word that is being counted
  std::vector<uint32_t> touched_;  // words that have a sum
};

}  // namespace kinvec
