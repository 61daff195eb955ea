#include "panels.h"

#include <cmath>
#include <cstring>

namespace kinvec {

void pack_int8_in_place(int8_t* rows, size_t n, size_t k, int32_t* ksum, int8_t* scratch) {
  for (size_t channel = 0; channel < n; channel += kPanelChannels) {
    int8_t* panel = rows + channel * k;
    std::memcpy(scratch, panel, kPanelChannels * k);
    for (size_t c = 0; c < kPanelChannels; ++c) {
      const int8_t* row = scratch + c * k;
      int32_t total = 0;
      for (size_t i = 0; i < k; ++i) total += row[i];
      ksum[channel + c] = total;
      for (size_t i = 0; i < k; i += 4) {
        std::memcpy(panel + (i / 4 * kPanelChannels + c) * 4, row + i, 4);
      }
    }
  }
}

void pack_float_panel(const float* rows, size_t k, float* panel) {
  for (size_t c = 0; c < kPanelChannels; ++c) {
    for (size_t i = 0; i < k; ++i) panel[i * kPanelChannels + c] = rows[c * k + i];
  }
}

float quantize_row_int8(const float* x, size_t n, int8_t* q, int limit) {
  const auto most = static_cast<float>(limit);
  float largest = 0.0F;
  for (size_t i = 0; i < n; ++i) largest = std::fmax(largest, std::fabs(x[i]));
  // A row of zeros, or one with an infinity, has no usable scale and becomes zeros.
  const float inverse = largest > 0.0F && std::isfinite(largest) ? most / largest : 0.0F;
  for (size_t i = 0; i < n; ++i) {
    const float code = std::nearbyint(x[i] * inverse);
    q[i] = code >= -most && code <= most ? static_cast<int8_t>(code) : int8_t{0};
  }
  return inverse > 0.0F ? largest / most : 0.0F;
}

float narrow_int8_to_int7(int8_t* q, size_t n) {
  constexpr float kRatio = static_cast<float>(kInt7Limit) / static_cast<float>(kInt8Limit);
  for (size_t i = 0; i < n; ++i) {
    // -128, which no quantiser here writes, may still stand in a file.
    const float code = std::nearbyint(static_cast<float>(q[i]) * kRatio);
    q[i] = static_cast<int8_t>(std::fmax(code, static_cast<float>(-kInt7Limit)));
  }
  return 1.0F / kRatio;
}

}  // namespace kinvec
