#include "merge_queue.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace kinvec {
namespace {

constexpr uint32_t kNone = MergeTable::kNone;

// Symbols for which memory is kept: the queue of a text of a megabyte can take fifty.
constexpr size_t kMostKept = 1u << 16;

}  // namespace

RankSet::RankSet(size_t bound) {
  do {
    bound = bound / 64 + 1;
    levels_.emplace_back(bound);
  } while (bound > 1);
}

uint32_t RankSet::lowest() const {
  uint32_t at = 0;
  for (size_t level = levels_.size(); level-- > 0;) {
    at = 64 * at + static_cast<uint32_t>(std::countr_zero(levels_[level][at]));
  }
  return at;
}

void RankSet::insert(uint32_t rank) {
  for (auto& level : levels_) {
    uint64_t& word = level[rank / 64];
    const bool is_new = word == 0;
    word |= uint64_t{1} << rank % 64;
    if (!is_new) return;
    rank /= 64;
  }
}

void RankSet::erase(uint32_t rank) {
  for (auto& level : levels_) {
    level[rank / 64] &= ~(uint64_t{1} << rank % 64);
    if (level[rank / 64] != 0) return;
    rank /= 64;
  }
}

MergeQueue::MergeQueue(const MergeTable& merges)
    : merges_(merges), ranks_(merges.size()), lists_(merges.size()) {
  for (uint32_t rank = 0; rank < merges.size(); ++rank) {
    lists_[rank] = {kEmpty, true, merges.merged(rank)};
  }
}

void MergeQueue::merge_all(std::vector<Symbol>& symbols) {
  const auto size = static_cast<uint32_t>(symbols.size());
  entries_.clear();
  nodes_.resize(size);
  for (uint32_t i = 0; i < size; ++i) nodes_[i] = {i - 1, i + 1 < size ? i + 1 : kNone, kNone};
  for (uint32_t i = 0; i < size; ++i) push(i, symbols);

  while (!ranks_.empty()) {
    const uint32_t rank = ranks_.lowest();
    List& list = lists_[rank];
    const uint32_t left = pop(list, rank);
    if (nodes_[left].rank != rank) continue;  // one of the two has become part of another symbol
    const uint32_t right = nodes_[left].next;
    const uint32_t next = nodes_[right].next;
    symbols[left] = {list.merged, symbols[left].length + symbols[right].length};
    symbols[right].length = 0;
    nodes_[right].rank = kNone;
    nodes_[left].next = next;
    if (next != kNone) nodes_[next].previous = left;
    if (nodes_[left].previous != kNone) push(nodes_[left].previous, symbols);
    push(left, symbols);
  }
  std::erase_if(symbols, [](const Symbol& symbol) { return symbol.length == 0; });
  release();
}

void MergeQueue::release() {
  if (nodes_.size() <= kMostKept) return;
  nodes_ = {};
  entries_ = {};
}

/// Lets the pair that begins at a position wait, if it can merge.
void MergeQueue::push(uint32_t position, const std::vector<Symbol>& symbols) {
  Node& node = nodes_[position];
  node.rank =
      node.next == kNone ? kNone : merges_.find(symbols[position].id, symbols[node.next].id);
  if (node.rank == kNone) return;
  const auto entry = static_cast<uint32_t>(entries_.size());
  List& list = lists_[node.rank];
  if (list.last == kEmpty) {
    entries_.push_back({position, entry});
    list.is_sorted = true;
    ranks_.insert(node.rank);
  } else {
    Entry& last = entries_[list.last];
    if (last.position > position) list.is_sorted = false;
    const uint32_t first = last.next;
    last.next = entry;
    entries_.push_back({position, first});
  }
  list.last = entry;
}

/// Takes the leftmost position out of a list, which is not empty.
uint32_t MergeQueue::pop(List& list, uint32_t rank) {
  if (!list.is_sorted) sort(list);
  Entry& last = entries_[list.last];
  const Entry& first = entries_[last.next];
  if (&first == &last) {
    list.last = kEmpty;
    ranks_.erase(rank);
  }
  last.next = first.next;
  return first.position;
}

/// Merges neighbouring runs until there is one: lists are filled in few sweeps over the word.
void MergeQueue::sort(List& list) {
  positions_.clear();
  uint32_t at = list.last;
  do {
    at = entries_[at].next;
    positions_.push_back(entries_[at].position);
  } while (at != list.last);
  for (size_t n_runs = 2; n_runs > 1;) {
    spare_.clear();
    n_runs = 0;
    for (auto at = positions_.begin(); at != positions_.end(); ++n_runs) {
      const auto middle = std::is_sorted_until(at, positions_.end());
      const auto end = std::is_sorted_until(middle, positions_.end());
      std::merge(at, middle, middle, end, std::back_inserter(spare_));
      at = end;
    }
    positions_.swap(spare_);
  }
  for (const uint32_t position : positions_) {
    at = entries_[at].next;
    entries_[at].position = position;
  }
  list.is_sorted = true;
}

}  // namespace kinvec
