#include "cooccurrences.h"

#include <algorithm>
#include <numeric>

namespace kinvec {

CooccurrenceCounter::CooccurrenceCounter(WordCorpus corpus, std::span<const uint64_t> counts,
                                         uint32_t window)
    : corpus_(std::move(corpus)),
      weights_(size_t{window} + 1),
      starts_(counts.size() + 1),
      order_(counts.size()),
      sums_(counts.size()) {
  for (uint32_t i = 1; i <= window; ++i) weights_[i] = 1.0F / static_cast<float>(i);
  for (size_t i = 0; i < counts.size(); ++i) {
    starts_[i + 1] = starts_[i] + static_cast<uint32_t>(counts[i]);
  }
  positions_.resize(starts_.back());
  std::vector<uint32_t> ends(starts_.begin(), starts_.end() - 1);
  const LongList<uint32_t>& words = corpus_.words();
  for (uint32_t i = 0; i < words.size(); ++i) {
    if (words[i] != WordCorpus::kSentenceEnd) positions_[ends[words[i]]++] = i;
  }
  std::iota(order_.begin(), order_.end(), 0U);
}

void CooccurrenceCounter::start(Random& random) {
  next_ = 0;
  n_counted_ = 0;
  for (uint32_t n = static_cast<uint32_t>(order_.size()); n > 1; --n) {
    std::swap(order_[n - 1], order_[random.below(n)]);
  }
}

bool CooccurrenceCounter::count(uint64_t n_occurrences, size_t most_pairs,
                                LongList<Cooccurrence>& pairs) {
  for (; next_ < order_.size(); ++next_) {
    const uint32_t word = order_[next_];
    const bool may_be_full = pairs.size() > 0 && pairs.size() + word + 1 > most_pairs;
    if (n_seen_ == 0 && may_be_full) return true;

    const auto occurrences =
        std::span(positions_).subspan(starts_[word], starts_[word + 1] - starts_[word]);
    const size_t n = std::min<uint64_t>(n_occurrences, occurrences.size() - n_seen_);
    for (const uint32_t position : occurrences.subspan(n_seen_, n)) add_neighbours(position, word);
    n_occurrences -= n;
    n_counted_ += n;
    n_seen_ += n;
    if (n_seen_ < occurrences.size()) return false;
    n_seen_ = 0;
    append_pairs(word, pairs);
  }
  return true;
}

void CooccurrenceCounter::add_neighbours(size_t position, uint32_t word) {
  const LongList<uint32_t>& words = corpus_.words();
  const auto window = static_cast<uint32_t>(weights_.size() - 1);
  for (uint32_t i = 1; i <= window && i <= position; ++i) {
    const uint32_t other = words[position - i];
    if (other == WordCorpus::kSentenceEnd) break;
    add(word, other, i);
  }
  for (uint32_t i = 1; i <= window && position + i < words.size(); ++i) {
    const uint32_t other = words[position + i];
    if (other == WordCorpus::kSentenceEnd) break;
    add(word, other, i);
  }
}

void CooccurrenceCounter::add(uint32_t word, uint32_t other, uint32_t distance) {
  if (other > word) return;
  if (sums_[other] == 0) touched_.push_back(other);
  sums_[other] += weights_[distance];
}

void CooccurrenceCounter::append_pairs(uint32_t word, LongList<Cooccurrence>& pairs) {
  for (const uint32_t other : touched_) {
    pairs.push_back({word, other, static_cast<float>(sums_[other])});
    sums_[other] = 0;
  }
  touched_.clear();
}

}  // namespace kinvec
