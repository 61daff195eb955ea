#include "score_sink.h"

#include <algorithm>

#include "../kernels/simd.h"

namespace kinvec {

void BestScores::take(size_t query, size_t first, std::span<const float> scores) {
  TopK& best = best_[query];
  const size_t n = scores.size();
  for (size_t i = 0; i < n; i += 8) {
    const size_t end = std::min(i + 8, n);
    // Eight are tested at once, since few are kept.
    if (end == i + 8) {
      const f32x4 low = load_f32x4(scores.data() + i);
      const f32x4 high = load_f32x4(scores.data() + i + 4);
      if (!(max_lane(max(low, high)) > best.threshold())) continue;
    }
    for (size_t j = i; j < end; ++j) {
      if (allowed_.has(first + j)) best.offer(static_cast<uint32_t>(first + j), scores[j]);
    }
  }
}

void AllScores::take(size_t query, size_t first, std::span<const float> scores) {
  std::copy(scores.begin(), scores.end(), out_ + query * rows_ + first);
}

}  // namespace kinvec
