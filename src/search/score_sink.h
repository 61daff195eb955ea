// What becomes of the scores of a scan: the best of them kept, or all.
#pragma once

#include <span>

#include "row_mask.h"
#include "top_k.h"

namespace kinvec {

class ScoreSink {
 public:
  virtual ~ScoreSink() = default;

  /// The scores of query `query` with rows first, first + 1, ...; `first` is a multiple of 8. For
  /// one query, rows come in ascending order. Those that the scan's mask leaves out have any score.
  virtual void take(size_t query, size_t first, std::span<const float> scores) = 0;
};

/// Keeps the best of the rows allowed for query q in best[q].
class BestScores final : public ScoreSink {
 public:
  BestScores(TopK* best, RowMask allowed) : best_(best), allowed_(allowed) {}
  void take(size_t query, size_t first, std::span<const float> scores) override;

 private:
  TopK* best_;
  RowMask allowed_;
};

/// Keeps all scores: out [queries, rows].
class AllScores final : public ScoreSink {
 public:
  AllScores(float* out, size_t rows) : out_(out), rows_(rows) {}
  void take(size_t query, size_t first, std::span<const float> scores) override;

 private:
  float* out_;
  size_t rows_;
};

}  // namespace kinvec
