// The texts that word vectors are trained on, as the numbers of their words, and the vocabulary
// that is made of them.
#pragma once

#include <string_view>
#include <vector>

#include "../error.h"
#include "../tokenizer/token_strings.h"
#include "../tokenizer/trainers/word_counts.h"
#include "long_list.h"
#include "training_share.h"

namespace kinvec {

/// The words that get a vector, the most frequent first; of equally frequent ones that which came
/// first.
struct WordVocabulary {
  TokenStrings words;
  std::vector<uint64_t> counts;  // [n_words]

  size_t size() const { return counts.size(); }
  std::string_view word(size_t i) const {
    const size_t begin = i == 0 ? 0 : words.ends[i - 1];
    return std::string_view(words.bytes).substr(begin, words.ends[i] - begin);
  }
};

/// INVALID_ARGUMENT: the vocabulary is empty.
Error no_word_error(uint64_t min_count);

class WordCorpus {
 public:
  /// Between sentences, in place of a word.
  static constexpr uint32_t kSentenceEnd = 0xFFFFFFFF;

  /// Leaves all but a share of the texts away once their words are counted; before the first one.
  /// Sentences go to whoever has the fewest words, long ones in pieces.
  void keep_share(TrainingShare share);
  TrainingShare share() const { return share_; }

  /// Adds texts in UTF-8: a NUL follows every word, another every text, which is a sentence.
  /// OUT_OF_MEMORY if the distinct words have more than 1 GiB.
  Result<void> add_texts(std::string_view utf8);

  /// Makes the vocabulary of the words that occur at least `min_count` times, the `max_words` most
  /// frequent of them, and leaves no other word in the corpus. Words are from then on numbers in
  /// it. Called once, after all texts.
  WordVocabulary take_vocabulary(uint64_t min_count, size_t max_words);

  /// A hash of the words and of the vocabulary that was taken: whether texts are the same.
  uint64_t fingerprint(const WordVocabulary& vocabulary) const;

  /// Numbers of words, with kSentenceEnd after each sentence that has words.
  const LongList<uint32_t>& words() const { return words_; }

 private:
  void add(uint32_t word);

  WordCounts counts_;
  LongList<uint32_t> words_;
  TrainingShare share_;
  std::vector<uint64_t> loads_;  // [share_.count] words of each share
  size_t receiver_ = 0;          // of the sentence
  size_t n_piece_ = 0;           // its words since the last cut
};

}  // namespace kinvec
