// The best rows that a walk through a graph has met, some of which it still has to visit.
#pragma once

#include <algorithm>
#include <cstring>
#include <span>

#include "../kernels/aligned_buffer.h"

namespace kinvec {

struct Candidate {
  uint32_t row : 31;
  uint32_t open : 1;  // still to be visited
  float score;
};

/// The larger score first, of equal ones the later row: so each of many copies of a row is linked
/// to those that came just before it, a chain by which all are found.
inline bool before(const Candidate& a, const Candidate& b) {
  return a.score > b.score || (a.score == b.score && a.row > b.row);
}

class CandidatePool {
 public:
  /// Makes it hold up to `capacity` candidates, and empty. False, and no change, when there is no
  /// memory; never where it has held as many before.
  bool reset(size_t capacity) {
    if (best_.size() < capacity) {
      AlignedBuffer<Candidate> larger(capacity);
      if (larger.data() == nullptr) return false;
      best_ = std::move(larger);
    }
    capacity_ = capacity;
    size_ = first_open_ = 0;
    return true;
  }

  /// Those kept, best first.
  std::span<const Candidate> candidates() const { return {best_.data(), size_}; }

  /// Keeps an open candidate if it is among the best.
  void insert(uint32_t row, float score) {
    const Candidate candidate{row, 1, score};
    Candidate* const first = best_.data();
    if (size_ == capacity_) {
      if (!before(candidate, first[size_ - 1])) return;
      --size_;
    }
    const size_t at =
        static_cast<size_t>(std::lower_bound(first, first + size_, candidate, before) - first);
    std::memmove(first + at + 1, first + at, (size_ - at) * sizeof(Candidate));
    first[at] = candidate;
    ++size_;
    first_open_ = std::min(first_open_, at);
  }

  /// The best open candidate, from then on closed; null when all are closed.
  const Candidate* next() {
    while (first_open_ < size_ && best_[first_open_].open == 0) ++first_open_;
    if (first_open_ == size_) return nullptr;
    best_[first_open_].open = 0;
    return &best_[first_open_];
  }

  void open_all() {
    for (size_t i = 0; i < size_; ++i) best_[i].open = 1;
    first_open_ = 0;
  }

 private:
  AlignedBuffer<Candidate> best_;
  size_t capacity_ = 0;
  size_t size_ = 0;
  size_t first_open_ = 0;  // none before it is open
};

}  // namespace kinvec
