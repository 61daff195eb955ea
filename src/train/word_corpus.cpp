#include "word_corpus.h"

#include <algorithm>

#include "../concat.h"
#include "../sort_indices.h"
#include "../xxh64.h"

namespace kinvec {

namespace {

/// Words of a sentence that one share gets at once.
constexpr size_t kLongestPiece = 1000;

}  // namespace

Error no_word_error(uint64_t min_count) {
  return Error{ErrorCode::kInvalidArgument,
               concat({"no word occurs ", min_count,
                       " times in the texts; lower options.minCount, or give more texts"})};
}

void WordCorpus::keep_share(TrainingShare share) {
  share_ = share;
  loads_.assign(share.count, 0);
}

void WordCorpus::add(uint32_t word) {
  if (share_.count == 1) {
    words_.push_back(word);
    return;
  }
  const bool is_cut = word != kSentenceEnd && ++n_piece_ == kLongestPiece;
  if (receiver_ == share_.index) words_.push_back(word);
  if (word != kSentenceEnd) ++loads_[receiver_];
  if (word != kSentenceEnd && !is_cut) return;
  if (is_cut && receiver_ == share_.index) words_.push_back(kSentenceEnd);
  n_piece_ = 0;
  receiver_ = static_cast<size_t>(std::ranges::min_element(loads_) - loads_.begin());
}

Result<void> WordCorpus::add_texts(std::string_view utf8) {
  constexpr size_t kMostBytes = size_t{1} << 30;
  while (!utf8.empty()) {
    const size_t length = utf8.find('\0');
    add(length == 0 ? kSentenceEnd : counts_.add(utf8.substr(0, length)));
    utf8.remove_prefix(std::min(length, utf8.size() - 1) + 1);
  }
  if (counts_.n_bytes() <= kMostBytes) return {};
  return Error{ErrorCode::kOutOfMemory,
               "the distinct words of the texts have more than 1 GiB; give fewer texts, or cut "
               "them into shorter words"};
}

WordVocabulary WordCorpus::take_vocabulary(uint64_t min_count, size_t max_words) {
  const auto order = sorted_indices(counts_.size(), [this](uint32_t a, uint32_t b) {
    return counts_.count(a) > counts_.count(b);
  });
  WordVocabulary vocabulary;
  std::vector<uint32_t> new_numbers(counts_.size(), kSentenceEnd);
  for (const uint32_t word : order) {
    if (vocabulary.size() == max_words || counts_.count(word) < min_count) break;
    new_numbers[word] = static_cast<uint32_t>(vocabulary.size());
    vocabulary.words.add(counts_.word(word));
    vocabulary.counts.push_back(counts_.count(word));
  }
  counts_ = {};

  size_t kept = 0;
  for (size_t i = 0; i < words_.size(); ++i) {
    const uint32_t word = words_[i];
    const bool ends = word == kSentenceEnd;
    const uint32_t number = ends ? kSentenceEnd : new_numbers[word];
    const bool is_empty = kept == 0 || words_[kept - 1] == kSentenceEnd;
    if (ends ? !is_empty : number != kSentenceEnd) words_[kept++] = number;
  }
  words_.shrink(kept);
  return vocabulary;
}

uint64_t WordCorpus::fingerprint(const WordVocabulary& vocabulary) const {
  const TokenStrings& words = vocabulary.words;
  uint64_t hash = xxh64(std::as_bytes(std::span(words.bytes)));
  hash = xxh64(std::as_bytes(std::span(words.ends)), hash);
  for (size_t i = 0; i < words_.n_blocks(); ++i) {
    hash = xxh64(std::as_bytes(words_.block(i)), hash);
  }
  return hash;
}

}  // namespace kinvec
