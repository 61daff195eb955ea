#include "flat_index.h"

#include <algorithm>
#include <cmath>

#include "../kernels/simd.h"

namespace kinvec {

float dot(const float* a, const float* b, size_t n) {
  // Two chains hide the latency of the additions.
  f32x4 even = splat(0.0F);
  f32x4 odd = splat(0.0F);
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    even += load_f32x4(a + i) * load_f32x4(b + i);
    odd += load_f32x4(a + i + 4) * load_f32x4(b + i + 4);
  }
  float total = sum(even + odd);
  for (; i < n; ++i) total += a[i] * b[i];
  return total;
}

Result<void> FlatIndex::add(const float* vectors, size_t count) {
  for (size_t i = 0; i < count * dimensions_; ++i) {
    if (!std::isfinite(vectors[i])) {
      return Error{ErrorCode::kInvalidArgument, "a vector holds a value that is not finite",
                   static_cast<int64_t>(i / dimensions_)};
    }
  }
  rows_.insert(rows_.end(), vectors, vectors + count * dimensions_);
  return {};
}

std::vector<Hit> FlatIndex::search(const float* query, size_t top_k) const {
  const size_t n = size();
  const auto better = [](const Hit& a, const Hit& b) {
    return a.score > b.score || (a.score == b.score && a.row < b.row);
  };
  // A heap of the best so far whose front is the worst of them.
  std::vector<Hit> best;
  best.reserve(std::min(top_k, n));
  for (size_t row = 0; row < n; ++row) {
    const Hit hit{static_cast<uint32_t>(row),
                  dot(rows_.data() + row * dimensions_, query, dimensions_)};
    if (best.size() < top_k) {
      best.push_back(hit);
      std::push_heap(best.begin(), best.end(), better);
    } else if (top_k > 0 && better(hit, best.front())) {
      std::pop_heap(best.begin(), best.end(), better);
      best.back() = hit;
      std::push_heap(best.begin(), best.end(), better);
    }
  }
  std::sort_heap(best.begin(), best.end(), better);
  return best;
}

}  // namespace kinvec
