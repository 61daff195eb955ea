#include "pooling.h"

#include <algorithm>

namespace kinvec {

void pool(Pooling pooling, const float* rows, size_t n, size_t width, float* out) {
  std::fill_n(out, width, 0.0F);
  if (n == 0) return;
  switch (pooling) {
    case Pooling::kMean:
      for (size_t r = 0; r < n; ++r) {
        for (size_t i = 0; i < width; ++i) out[i] += rows[r * width + i];
      }
      for (size_t i = 0; i < width; ++i) out[i] /= static_cast<float>(n);
      break;
    case Pooling::kCls:
      std::copy_n(rows, width, out);
      break;
    case Pooling::kLast:
      std::copy_n(rows + (n - 1) * width, width, out);
      break;
  }
}

}  // namespace kinvec
