// Selection of the best hits of a scan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kinvec {

struct Hit {
  uint32_t row = 0;
  float score = 0.0F;
};

/// Whether `a` comes before `b`: the larger score, of equal ones the lower row.
inline bool better(const Hit& a, const Hit& b) {
  return a.score > b.score || (a.score == b.score && a.row < b.row);
}

/// The best hits of those offered, as many as `storage` holds. Rows come in ascending order, so
/// that a score equal to the worst one kept never displaces it. Scores are finite.
class TopK {
 public:
  explicit TopK(std::span<Hit> storage);

  /// Scores up to this one change nothing: test it before offering, best for many rows at once.
  float threshold() const { return threshold_; }

  void offer(uint32_t row, float score) {
    if (score > threshold_) insert({row, score});
  }

  /// The hits kept, in no particular order.
  std::span<Hit> hits() const { return storage_.first(size_); }

 private:
  void insert(const Hit& hit);

  std::span<Hit> storage_;  // once full, a heap whose front is the worst hit kept
  size_t size_ = 0;
  float threshold_;
};

/// Sorts hits, best first.
void sort_hits(std::span<Hit> hits);

}  // namespace kinvec
