#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "random_values.h"
#include "src/kernels/elementary.h"
#include "src/kernels/gemm.h"
#include "src/kernels/norm.h"
#include "src/kernels/probe.h"

using namespace kinvec;

namespace {

// Everything gemm_qd8_qc8w reads, with the plain integers beside it.
struct Int8Case {
  size_t m, n, k;
  std::vector<int8_t> weights;  // [n, k], row-major
  std::vector<int32_t> inputs;  // [m, k], 0...255
  std::vector<int8_t> panels;
  std::vector<int32_t> ksum;
  std::vector<float> scales;
  std::vector<Activation> values;
  std::vector<float> row_scales;
  std::vector<int32_t> zeros;

  Int8Case(size_t rows, size_t channels, size_t inner, bool extremes, DotMode mode)
      : m(rows),
        n(channels),
        k(inner),
        weights(n * k),
        inputs(m * k),
        ksum(n),
        scales(n, 1.0F),
        values(m * stride()),
        row_scales(m, 1.0F),
        zeros(m) {
    std::mt19937 random(static_cast<uint32_t>(m * 1000 + k));
    for (auto& w : weights) {
      w = static_cast<int8_t>(extremes ? (random() % 2 == 0 ? -127 : 127)
                                       : static_cast<int>(random() % 255) - 127);
    }
    for (auto& x : inputs) {
      x = extremes ? (random() % 4 == 0 ? 0 : 255) : static_cast<int32_t>(random() % 256);
    }
    panels = weights;
    std::vector<int8_t> scratch(kPanelChannels * k);
    pack_int8_in_place(panels.data(), n, k, ksum.data(), scratch.data());
    for (size_t r = 0; r < m; ++r) {
      zeros[r] = static_cast<int32_t>(r * 37 % 256) - dot_offset(mode);
      for (size_t c = 0; c < k; ++c) {
        values[r * stride() + c] = static_cast<Activation>(inputs[r * k + c] - dot_offset(mode));
      }
    }
  }

  size_t stride() const { return (k + 15) / 16 * 16; }

  size_t count_wrong(DotMode mode) {
    const Int8Panels w{panels.data(), scales.data(), ksum.data(), n, k};
    const ActivationRows a{values.data(), stride(), row_scales.data(), zeros.data(), mode};
    size_t wrong = 0;
    size_t seen = 0;
    gemm_qd8_qc8w(a, m, w, [&](size_t row, size_t channel, f32x4 low, f32x4 high) {
      for (size_t c = 0; c < 8; ++c, ++seen) {
        int64_t expected = 0;
        for (size_t i = 0; i < k; ++i) {
          expected += (inputs[row * k + i] - zeros[row] - dot_offset(mode)) *
                      int64_t{weights[(channel + c) * k + i]};
        }
        const float got = c < 4 ? low[c] : high[c - 4];
        wrong += got == static_cast<float>(expected) ? 0 : 1;
      }
    });
    return wrong + (seen == m * n ? 0 : 1);
  }
};

}  // namespace

TEST_CASE("the int8 product is exact for every tile height, length and extreme, in both modes") {
  for (const DotMode mode : {DotMode::kUnsigned, DotMode::kSigned}) {
    for (const bool extremes : {false, true}) {
      for (const size_t k : {4, 8, 12, 64, 384, 1536}) {
        for (size_t m = 1; m <= 14; ++m) {
          CAPTURE(k);
          CAPTURE(m);
          CHECK(Int8Case(m, 16, k, extremes, mode).count_wrong(mode) == 0);
        }
      }
      CHECK(Int8Case(kRowBlock + 5, 8, 32, extremes, mode).count_wrong(mode) == 0);
    }
  }
}

TEST_CASE("an engine that reads the other sign gives wrong sums, which the probe would see") {
  CHECK(Int8Case(6, 8, 64, false, DotMode::kUnsigned).count_wrong(DotMode::kSigned) > 0);
  CHECK(probe_dot() == DotMode::kUnsigned);
  CHECK(probe_dot(kInt7Limit) == DotMode::kUnsigned);
}

TEST_CASE("the f32 product agrees with sums in double precision") {
  for (const size_t m : {1, 3, 4, 5, 9, 100}) {
    const size_t n = 16;
    const size_t k = 40;
    const auto a = normal_floats(m * k, 1);
    const auto w = normal_floats(n * k, 2);
    std::vector<float> panels(n * k);
    for (size_t c = 0; c < n; c += 8) {
      pack_float_panel(w.data() + c * k, k, panels.data() + c * k);
    }
    double worst = 0;
    gemm_f32(a.data(), k, m, FloatPanels{panels.data(), n, k},
             [&](size_t row, size_t channel, f32x4 low, f32x4 high) {
               for (size_t c = 0; c < 8; ++c) {
                 double expected = 0;
                 for (size_t i = 0; i < k; ++i) {
                   expected += double{a[row * k + i]} * w[(channel + c) * k + i];
                 }
                 worst = std::max(worst, std::abs(expected - (c < 4 ? low[c] : high[c - 4])));
               }
             });
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("exp2 stays within its stated error over its range") {
  double worst = 0;
  for (double x = -120; x <= 120; x += 0.00037) {
    const float in = static_cast<float>(x);
    const double expected = std::exp2(double{in});
    worst = std::max(worst, std::abs(Exp2{}(splat(in))[0] / expected - 1));
  }
  CHECK(worst < 2.5e-7);
  CHECK(Exp2{}(splat(0.0F))[0] == 1.0F);
  CHECK(Exp2{}(splat(-1e30F))[0] < 1e-37F);
}

TEST_CASE("gelu stays within its stated error") {
  double worst = 0;
  for (double x = -20; x <= 20; x += 0.00013) {
    const float in = static_cast<float>(x);
    const double expected = double{in} * 0.5 * std::erfc(-double{in} / std::sqrt(2.0));
    const double error = std::abs(Gelu{}(splat(in))[0] - expected);
    worst = std::max(worst, error / std::max(1.0, std::abs(x)));
  }
  CHECK(worst < 2.6e-6);
}

TEST_CASE("the forms for 8-bit results stay within their stated errors") {
  double worst_exp2 = 0;
  for (double x = -40; x <= 0; x += 0.00037) {
    const float in = static_cast<float>(x);
    const double expected = std::exp2(std::max(double{in}, -9.0));
    worst_exp2 = std::max(worst_exp2, std::abs(Exp2ForSteps{}(splat(in))[0] - expected));
  }
  CHECK(worst_exp2 < 5.1e-5);
  CHECK(Exp2ForSteps{}(splat(0.0F))[0] == 1.0F);
  CHECK(Exp2ForSteps{}(splat(-1e30F))[0] * 255 < 0.5F);
  double worst_gelu = 0;
  for (double x = -20; x <= 20; x += 0.00037) {
    const float in = static_cast<float>(x);
    const double expected = double{in} * 0.5 * std::erfc(-double{in} / std::sqrt(2.0));
    const double error = std::abs(GeluForSteps{}(splat(in))[0] - expected);
    worst_gelu = std::max(worst_gelu, error / std::max(1.0, std::abs(x)));
  }
  CHECK(worst_gelu < 2.1e-4);
}

TEST_CASE("layer_norm agrees with its definition in double precision") {
  const size_t n = 384;
  const size_t rows = 7;
  auto x = normal_floats(rows * n, 3);
  for (float& v : x) v = v * 5 + 2;
  const auto gamma = normal_floats(n, 4);
  const auto beta = normal_floats(n, 5);
  auto y = x;
  layer_norm(y.data(), rows, gamma.data(), beta.data(), n, 1e-12F);
  for (size_t r = 0; r < rows; ++r) {
    const float* row = x.data() + r * n;
    double mean = 0;
    for (size_t i = 0; i < n; ++i) mean += row[i] / static_cast<double>(n);
    double variance = 0;
    for (size_t i = 0; i < n; ++i)
      variance += (row[i] - mean) * (row[i] - mean) / static_cast<double>(n);
    for (size_t i = 0; i < n; ++i) {
      const double expected = (row[i] - mean) / std::sqrt(variance + 1e-12) * gamma[i] + beta[i];
      CHECK(std::abs(y[r * n + i] - expected) < 2e-6 * std::max(1.0, std::abs(expected)));
    }
    std::vector<float> alone(row, row + n);
    layer_norm(alone.data(), 1, gamma.data(), beta.data(), n, 1e-12F);
    CHECK(std::equal(alone.begin(), alone.end(), y.begin() + static_cast<ptrdiff_t>(r * n)));
  }
}

TEST_CASE("l2_normalize gives unit length and leaves the zero vector alone") {
  for (const size_t n : {1, 3, 4, 7, 384}) {
    auto x = normal_floats(n, 6);
    l2_normalize(x.data(), n);
    double squares = 0;
    for (const float v : x) squares += double{v} * v;
    CHECK(std::abs(squares - 1) < 1e-6);
  }
  std::vector<float> zeros(8, 0.0F);
  l2_normalize(zeros.data(), zeros.size());
  CHECK(zeros == std::vector<float>(8, 0.0F));
}

TEST_CASE("a quantised row comes back within half a step, zero exactly, whatever the range") {
  for (const size_t n : {4, 12, 16, 20, 384}) {
    for (const float shift : {0.0F, 10.0F, -10.0F}) {
      auto x = normal_floats(n, 7);
      for (float& v : x) v += shift;
      x[1] = 0.0F;
      std::vector<Activation> values(n + 16);
      float scale = 0;
      int32_t zero = 0;
      quantize_row(x.data(), nullptr, n, {values.data(), n + 16, &scale, &zero, DotMode::kUnsigned},
                   0);
      for (size_t i = 0; i < n; ++i) {
        const float back = static_cast<float>(static_cast<int32_t>(values[i]) - zero) * scale;
        CHECK(std::abs(back - x[i]) <= 0.5001F * scale);
      }
      CHECK(static_cast<int32_t>(values[1]) == zero);
    }
  }
}

TEST_CASE("a row of zeros quantises to zeros, and one with NaN or infinity to something finite") {
  std::vector<float> x(16, 0.0F);
  std::vector<Activation> values(16);
  float scale = -1;
  int32_t zero = -1;
  const ActivationRows rows{values.data(), 16, &scale, &zero, DotMode::kUnsigned};
  quantize_row(x.data(), nullptr, 16, rows, 0);
  CHECK(scale == 0.0F);
  x[3] = NAN;
  x[5] = INFINITY;
  quantize_row(x.data(), nullptr, 16, rows, 0);
  CHECK(values.size() == 16);
}

TEST_CASE("a weight row quantised to int8 comes back within half a step") {
  const auto x = normal_floats(100, 8);
  std::vector<int8_t> q(100);
  const float scale = quantize_row_int8(x.data(), x.size(), q.data());
  for (size_t i = 0; i < x.size(); ++i) CHECK(std::abs(q[i] * scale - x[i]) <= 0.5001F * scale);
  const std::vector<float> bad{1.0F, NAN, INFINITY, 2.0F};
  CHECK(quantize_row_int8(bad.data(), bad.size(), q.data()) == 0.0F);
}

TEST_CASE("weights of seven bits, quantised or narrowed, never make two products saturate") {
  const auto x = normal_floats(100, 8);
  std::vector<int8_t> q(100);
  const float scale = quantize_row_int8(x.data(), x.size(), q.data(), kInt7Limit);
  for (size_t i = 0; i < x.size(); ++i) {
    CHECK(std::abs(q[i]) <= 63);
    CHECK(std::abs(q[i] * scale - x[i]) <= 0.5001F * scale);
  }
  std::vector<int8_t> all(256);
  for (int i = 0; i < 256; ++i) all[i] = static_cast<int8_t>(i - 128);
  std::vector<int8_t> narrowed = all;
  const float ratio = narrow_int8_to_int7(narrowed.data(), narrowed.size());
  for (size_t i = 0; i < all.size(); ++i) {
    CHECK(std::abs(narrowed[i]) <= 63);
    if (all[i] > -128) CHECK(std::abs(narrowed[i] * ratio - all[i]) <= 0.5001F * ratio);
  }
}

// Under the sanitizers: lanes may wrap around, scalars must not.
TEST_CASE("rows with infinities and NaN are quantised to something, the same in both modes") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (const float odd : {kInfinity, -kInfinity, kNan, -kNan, 3e38F, -3e38F}) {
    for (const float other : {0.0F, 1.0F, -1.0F, kInfinity, -kInfinity}) {
      std::vector<float> x(32, 1.0F);
      x[3] = odd;
      x[20] = other;
      std::vector<Activation> values[2];
      for (const auto mode : {DotMode::kUnsigned, DotMode::kSigned}) {
        auto& row = values[static_cast<int>(mode)];
        row.resize(32);
        float scale = 0;
        int32_t zero = 0;
        quantize_row(x.data(), nullptr, 32, {row.data(), 32, &scale, &zero, mode}, 0);
      }
      for (size_t i = 0; i < 32; ++i) CHECK((values[0][i] ^ 128) == values[1][i]);
    }
  }
}

TEST_CASE("rows are split into the fewest tiles, of which none is much lower than it must be") {
  for (size_t rows = 1; rows <= 200; ++rows) {
    CAPTURE(rows);
    const size_t tiles = (rows + 5) / 6;
    size_t left = rows;
    size_t lowest = 6;
    for (size_t after = tiles; after > 0; --after) {
      const size_t height = gemm_detail::tile_height<6>(left, after);
      REQUIRE(height >= 1);
      REQUIRE(height <= std::min<size_t>(6, left));
      lowest = std::min(lowest, height);
      left -= height;
    }
    CHECK(left == 0);
    CHECK(lowest >= std::min<size_t>(4, rows / tiles));
  }
}
