#include "second_moments.h"

#include <algorithm>

#include "gemm.h"

namespace kinvec {

namespace {

/// Epilogue: sums[row][channel] += value.
struct AddToRows {
  float* sums;
  size_t stride;

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    float* dst = sums + row * stride + channel;
    store(dst, load_f32x4(dst) + low);
    store(dst + 4, load_f32x4(dst + 4) + high);
  }
};

}  // namespace

void add_second_moments(const float* x, size_t n, size_t width, float* sums, float* scratch) {
  float* rows = scratch;                // x^T, [width, n]
  float* panels = scratch + n * width;  // x as weights of n inputs: [width / 8][n][8]
  for (size_t t = 0; t < n; ++t) {
    for (size_t c = 0; c < width; ++c) {
      const float value = x[t * width + c];
      rows[c * n + t] = value;
      panels[(c / kPanelChannels * n + t) * kPanelChannels + c % kPanelChannels] = value;
    }
  }
  for (size_t begin = 0; begin < width; begin += kRowBlock) {
    const size_t end = std::min(width, begin + kRowBlock);
    gemm_f32(rows + begin * n, n, end - begin, FloatPanels{panels, end, n},
             AddToRows{sums + begin * width, width});
  }
}

}  // namespace kinvec
