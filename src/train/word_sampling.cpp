#include "word_sampling.h"

#include <cmath>
#include <numeric>

namespace kinvec {

namespace {

/// A share of 1 and more is as much of 2^32 as fits.
uint32_t share_of(double share) {
  constexpr double kWhole = 4294967296.0;
  return share < 1 ? static_cast<uint32_t>(share * kWhole) : 0xFFFFFFFF;
}

}  // namespace

NegativeSampler::NegativeSampler(std::span<const uint64_t> counts) : cells_(counts.size()) {
  std::vector<double> weights(counts.size());
  for (size_t i = 0; i < counts.size(); ++i) {
    const double root = std::sqrt(static_cast<double>(counts[i]));
    weights[i] = root * std::sqrt(root);
  }
  const double mean =
      std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(counts.size());

  // Words below the mean weight fill up their places from words above it.
  std::vector<uint32_t> below;
  std::vector<uint32_t> above;
  for (uint32_t i = 0; i < cells_.size(); ++i) {
    weights[i] /= mean;
    cells_[i] = {0xFFFFFFFF, i};
    (weights[i] < 1 ? below : above).push_back(i);
  }
  while (!below.empty() && !above.empty()) {
    const uint32_t poor = below.back();
    const uint32_t rich = above.back();
    below.pop_back();
    cells_[poor] = {share_of(weights[poor]), rich};
    weights[rich] -= 1 - weights[poor];
    if (weights[rich] < 1) {
      above.pop_back();
      below.push_back(rich);
    }
  }
}

SubSampling::SubSampling(std::span<const uint64_t> counts, double threshold)
    : shares_(counts.size(), kAlways) {
  if (threshold == 0) return;
  const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), uint64_t{}));
  for (size_t i = 0; i < counts.size(); ++i) {
    const double ratio = threshold * total / static_cast<double>(counts[i]);
    shares_[i] = share_of(std::sqrt(ratio) + ratio);
  }
}

}  // namespace kinvec
