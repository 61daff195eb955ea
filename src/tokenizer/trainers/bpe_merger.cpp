#include "bpe_merger.h"

#include <algorithm>

#include "sort_numbers.h"

namespace kinvec {

BpeMerger::BpeMerger(StringTable tokens, SymbolChain chain, std::vector<uint64_t> word_counts,
                     const BpeTrainerOptions& options)
    : tokens_(std::move(tokens)),
      chain_(std::move(chain)),
      word_counts_(std::move(word_counts)),
      options_(options) {}

bool BpeMerger::Later::operator()(const Candidate& a, const Candidate& b) const {
  if (a.count != b.count) return a.count < b.count;
  if (a.pair != b.pair) return merger.pairs_[b.pair] < merger.pairs_[a.pair];
  return b.begin < a.begin;
}

uint32_t BpeMerger::add_count(TokenPair pair, int64_t count) {
  const uint32_t number = pairs_.add(pair);
  if (number == counts_.size()) counts_.push_back(0);
  counts_[number] += count;
  return number;
}

void BpeMerger::count_pairs(size_t begin, size_t end) {
  for (auto cell = static_cast<uint32_t>(begin); cell < end; ++cell) {
    if (!is_pair(cell)) continue;
    const uint32_t pair = add_count(pair_at(cell), count_at(cell));
    if (pair == n_places_.size()) n_places_.push_back(0);
    ++n_places_[pair];
  }
}

/// Makes room for the places of each pair, one pair after the other.
void BpeMerger::reserve_places() {
  uint32_t at = 0;
  for (uint32_t pair = 0; pair < pairs_.size(); ++pair) {
    queue_.push_back({counts_[pair], pair, at, at});
    at += n_places_[pair];
  }
  places_.resize(at);
  n_places_ = {};
}

void BpeMerger::enter_places(size_t begin, size_t end) {
  for (auto cell = static_cast<uint32_t>(begin); cell < end; ++cell) {
    if (is_pair(cell)) places_[queue_[pairs_.add(pair_at(cell))].end++] = cell;
  }
}

void BpeMerger::start_queue() { std::make_heap(queue_.begin(), queue_.end(), Later{*this}); }

size_t BpeMerger::merge_best() {
  const std::optional<Candidate> best = pop_best();
  if (!best) return 0;
  const TokenPair pair = pairs_[best->pair];
  const uint32_t merged = tokens_.add(merged_token(pair));
  merges_.push_back(best->pair);
  for (uint32_t i = best->begin; i < best->end; ++i) {
    const uint32_t cell = places_[i];
    // Merges since then may have taken one of the two symbols.
    if (chain_.id(cell) == pair.left && chain_.id(chain_.next(cell)) == pair.right) {
      merge_at(cell, pair, merged);
    }
  }
  queue_new_pairs();
  return best->end - best->begin + size_t{1};
}

std::optional<BpeMerger::Candidate> BpeMerger::pop_best() {
  while (!queue_.empty()) {
    std::pop_heap(queue_.begin(), queue_.end(), Later{*this});
    Candidate& best = queue_.back();
    if (best.count == counts_[best.pair]) {
      if (best.count < 1 || static_cast<uint64_t>(best.count) < options_.min_frequency) break;
      const Candidate popped = best;
      queue_.pop_back();
      return popped;
    }
    // Counts are brought up to date only here, when it matters.
    best.count = counts_[best.pair];
    std::push_heap(queue_.begin(), queue_.end(), Later{*this});
  }
  return std::nullopt;
}

std::string BpeMerger::merged_token(TokenPair pair) const {
  std::string token(tokens_[pair.left]);
  std::string_view right = tokens_[pair.right];
  if (right.starts_with(options_.continuing_subword_prefix)) {
    right.remove_prefix(options_.continuing_subword_prefix.size());
  }
  return token.append(right);
}

void BpeMerger::merge_at(uint32_t cell, TokenPair pair, uint32_t merged) {
  const int64_t count = count_at(cell);
  const uint32_t before = chain_.previous(cell);
  chain_.join(cell, merged);
  const uint32_t after = chain_.next(cell);
  const size_t length = chain_.width(cell);

  if (const uint32_t left = chain_.id(before); left != SymbolChain::kBoundary) {
    add_count({left, pair.left}, -count);
    add_new_pair({left, merged}, before, length + chain_.width(before), count);
  }
  if (const uint32_t right = chain_.id(after); right != SymbolChain::kBoundary) {
    add_count({pair.right, right}, -count);
    add_new_pair({merged, right}, cell, length + chain_.width(after), count);
  }
}

void BpeMerger::add_new_pair(TokenPair pair, uint32_t cell, size_t length, int64_t count) {
  if (options_.max_token_length && length >= *options_.max_token_length) return;
  new_places_.push_back(uint64_t{add_count(pair, count)} << 32 | cell);
}

void BpeMerger::queue_new_pairs() {
  sort_numbers(new_places_);
  for (size_t i = 0; i < new_places_.size();) {
    const auto pair = static_cast<uint32_t>(new_places_[i] >> 32);
    const auto begin = static_cast<uint32_t>(places_.size());
    for (; i < new_places_.size() && new_places_[i] >> 32 == pair; ++i) {
      places_.push_back(static_cast<uint32_t>(new_places_[i]));
    }
    // A pair may have come up and been joined away in the same merge.
    if (counts_[pair] <= 0) {
      places_.resize(begin);
      continue;
    }
    queue_.push_back({counts_[pair], pair, begin, static_cast<uint32_t>(places_.size())});
    std::push_heap(queue_.begin(), queue_.end(), Later{*this});
  }
  new_places_.clear();
}

TrainedModel BpeMerger::model() const {
  TrainedModel model;
  for (uint32_t id = 0; id < tokens_.size(); ++id) model.tokens.add(tokens_[id]);
  // Of merges of the same pair the last one counts, as in the reference.
  std::vector<uint32_t> last(pairs_.size());
  for (uint32_t i = 0; i < merges_.size(); ++i) last[merges_[i]] = i;
  for (uint32_t i = 0; i < merges_.size(); ++i) {
    if (last[merges_[i]] != i) continue;
    model.merges.push_back(static_cast<int32_t>(pairs_[merges_[i]].left));
    model.merges.push_back(static_cast<int32_t>(pairs_[merges_[i]].right));
  }
  return model;
}

}  // namespace kinvec
