#include "probe.h"

#include <algorithm>

#include "aligned_buffer.h"
#include "gemm.h"

namespace kinvec {

namespace {

constexpr size_t kInner = 64;
constexpr size_t kChannels = 16;  // a panel after another
constexpr size_t kMaxRows = 13;   // tiles of every height, first ones and later ones

// Values that meet the ends of their ranges often: an engine that saturates or wraps the sum of two
// neighbouring products cannot pass.
int8_t probe_weight(size_t channel, size_t k, int limit) {
  constexpr int8_t kValues[] = {-127, 127, 127, -127, 127, 127, -1, 0, -127, -127, 64, 1};
  return static_cast<int8_t>(std::clamp<int>(kValues[(channel * 5 + k) % 12], -limit, limit));
}

int32_t probe_activation(size_t row, size_t k) {
  constexpr int32_t kValues[] = {255, 255, 0, 128, 255, 127, 255, 1, 129, 254, 200};
  return kValues[(row * 3 + k) % 11];
}

bool exact_in(DotMode mode, int limit) {
  AlignedBuffer<int8_t> weights(kChannels * kInner);
  AlignedBuffer<int8_t> scratch(kChannels * kInner);
  AlignedBuffer<Activation> values(kMaxRows * kInner);
  AlignedBuffer<float> results(kMaxRows * kChannels);
  float scales[kChannels];
  int32_t ksum[kChannels];
  float row_scales[kMaxRows];
  int32_t zeros[kMaxRows];
  if (weights.data() == nullptr || scratch.data() == nullptr || values.data() == nullptr ||
      results.data() == nullptr) {
    return false;
  }
  for (size_t c = 0; c < kChannels; ++c) {
    scales[c] = 1.0F;
    for (size_t k = 0; k < kInner; ++k) weights[c * kInner + k] = probe_weight(c, k, limit);
  }
  pack_int8_in_place(weights.data(), kChannels, kInner, ksum, scratch.data());
  const Int8Panels panels{weights.data(), scales, ksum, kChannels, kInner};
  const ActivationRows rows{values.data(), kInner, row_scales, zeros, mode};
  const ActivationStore store(mode);
  for (size_t r = 0; r < kMaxRows; ++r) {
    row_scales[r] = 1.0F;
    zeros[r] = 100 - dot_offset(mode);
    for (size_t k = 0; k < kInner; k += 16) {
      const auto group = [&](size_t at) {
        return i32x4{probe_activation(r, at), probe_activation(r, at + 1),
                     probe_activation(r, at + 2), probe_activation(r, at + 3)};
      };
      store(values.data() + r * kInner + k, group(k), group(k + 4), group(k + 8), group(k + 12));
    }
  }

  float expected[kMaxRows * kChannels];
  for (size_t r = 0; r < kMaxRows; ++r) {
    for (size_t c = 0; c < kChannels; ++c) {
      int32_t sum = 0;
      for (size_t k = 0; k < kInner; ++k) {
        sum += (probe_activation(r, k) - 100) * probe_weight(c, k, limit);
      }
      expected[r * kChannels + c] = static_cast<float>(sum);
    }
  }
  for (size_t m = 1; m <= kMaxRows; ++m) {
    // The epilogue of attention, so that the code is there once.
    gemm_qd8_qc8w(rows, m, panels, StoreRows{results.data(), kChannels});
    if (!std::equal(expected, expected + m * kChannels, results.data())) return false;
  }
  return true;
}

}  // namespace

std::optional<DotMode> probe_dot(int weight_limit) {
  if (exact_in(DotMode::kUnsigned, weight_limit)) return DotMode::kUnsigned;
#ifdef __wasm_relaxed_simd__
  if (exact_in(DotMode::kSigned, weight_limit)) return DotMode::kSigned;
#endif
  return std::nullopt;
}

}  // namespace kinvec
