// Statistics of linear inputs against plain double-precision sums.
#include "src/model/calibration.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace kinvec;

namespace {

constexpr size_t kLayers = 2;
constexpr size_t kHidden = 16;
constexpr size_t kIntermediate = 104;  // more than one block of rows, and no multiple of it

EncoderConfig config() {
  EncoderConfig config;
  config.n_layers = kLayers;
  config.hidden_size = kHidden;
  config.intermediate_size = kIntermediate;
  config.n_heads = 2;
  return config;
}

size_t width_of(size_t linear) { return linear % 4 == 3 ? kIntermediate : kHidden; }

/// Two forward passes: texts of 3 and 5 tokens, then one of 1 and one of 6.
struct Passes {
  std::vector<std::vector<uint8_t>> is_first{{1, 0, 0, 1, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0, 0}};
  std::vector<std::vector<size_t>> lengths{{3, 3, 3, 5, 5, 5, 5, 5}, {1, 6, 6, 6, 6, 6, 6}};
  std::vector<std::vector<std::vector<float>>> inputs;  // [pass][linear][n * width]

  Passes() {
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    for (const auto& first : is_first) {
      auto& pass = inputs.emplace_back();
      for (size_t linear = 0; linear < 4 * kLayers; ++linear) {
        std::vector<float> x(first.size() * width_of(linear));
        for (size_t i = 0; i < x.size(); ++i) {
          const bool is_first_token = first[i / width_of(linear)] != 0;
          x[i] = normal(random) + (is_first_token ? 40.0F : static_cast<float>(i % 3));
        }
        pass.push_back(std::move(x));
      }
    }
  }

  void run(Calibration& calibration) const {
    for (size_t p = 0; p < inputs.size(); ++p) {
      REQUIRE(calibration.begin_forward(is_first[p].size()));
      for (size_t linear = 0; linear < inputs[p].size(); ++linear) {
        calibration.observe(inputs[p][linear].data(), is_first[p].size(), width_of(linear),
                            is_first[p].data());
      }
    }
  }

  /// use(token's x, whether it is a first one, tokens of its text) over all tokens.
  template <class Use>
  void for_each_token(size_t linear, const Use& use) const {
    for (size_t p = 0; p < inputs.size(); ++p) {
      for (size_t t = 0; t < is_first[p].size(); ++t) {
        use(inputs[p][linear].data() + t * width_of(linear), is_first[p][t] != 0, lengths[p][t]);
      }
    }
  }

  std::vector<double> mean(size_t linear, bool of_firsts) const {
    std::vector<double> sum(width_of(linear));
    double count = 0;
    for_each_token(linear, [&](const float* x, bool first, size_t) {
      if (first != of_firsts) return;
      ++count;
      for (size_t c = 0; c < sum.size(); ++c) sum[c] += x[c];
    });
    for (double& value : sum) value /= count;
    return sum;
  }
};

}  // namespace

TEST_CASE("calibration finds ranges and means, of first tokens apart") {
  const Passes passes;
  Calibration calibration(config());
  passes.run(calibration);
  const std::span<const float> found = calibration.inputs();
  const size_t channels = kLayers * (3 * kHidden + kIntermediate);
  REQUIRE(found.size() == 5 * channels);

  size_t channel = 0;
  for (size_t linear = 0; linear < 4 * kLayers; ++linear) {
    const auto mean = passes.mean(linear, false);
    const auto first_mean = passes.mean(linear, true);
    for (size_t c = 0; c < width_of(linear); ++c, ++channel) {
      float largest = 0.0F;
      float low = 1e9F;
      float high = -1e9F;
      passes.for_each_token(linear, [&](const float* x, bool first, size_t) {
        if (first) {
          low = std::min(low, x[c]);
          high = std::max(high, x[c]);
        } else {
          largest = std::max(largest, std::fabs(x[c]));
        }
      });
      CHECK(found[channel] == largest);
      CHECK(found[channels + channel] == low);
      CHECK(found[2 * channels + channel] == high);
      CHECK(found[3 * channels + channel] == doctest::Approx(mean[c]).epsilon(1e-5));
      CHECK(found[4 * channels + channel] == doctest::Approx(first_mean[c]).epsilon(1e-5));
    }
  }
}

TEST_CASE("calibration finds second moments about the means, of the layers asked for") {
  const Passes passes;
  Calibration calibration(config());
  passes.run(calibration);
  for (size_t layer = 0; layer < kLayers; ++layer) {
    REQUIRE(calibration.begin_moments(layer, 1));
    passes.run(calibration);
    const std::span<const float> found = calibration.moments();
    REQUIRE(found.size() == 3 * kHidden * kHidden + kIntermediate * kIntermediate);
    size_t at = 0;
    for (size_t linear = 4 * layer; linear < 4 * layer + 4; ++linear) {
      const size_t width = width_of(linear);
      const std::vector<double> means[] = {passes.mean(linear, false), passes.mean(linear, true)};
      for (size_t i = 0; i < width; ++i) {
        for (size_t j = 0; j <= i; ++j) {
          double sum = 0;
          passes.for_each_token(linear, [&](const float* x, bool first, size_t length) {
            const auto& mean = means[first ? 1 : 0];
            sum += (x[i] - mean[i]) * (x[j] - mean[j]) / std::sqrt(static_cast<double>(length));
          });
          if (std::fabs(found[at + i * width + j] - sum) > 1e-3) FAIL_CHECK(linear << " " << i);
        }
      }
      at += width * width;
    }
  }
}

TEST_CASE("second moments of layers that are not there are refused") {
  Calibration calibration(config());
  CHECK(!calibration.begin_moments(0, 0));
  CHECK(!calibration.begin_moments(2, 1));
  CHECK(!calibration.begin_moments(1, 2));
  CHECK(calibration.begin_moments(0, 2));
}
