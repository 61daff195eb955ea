#include "src/kernels/attention.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

using namespace kinvec;

namespace {

constexpr AttentionShape kShape{3, 32};

struct Outcome {
  std::vector<float> context;        // [n, hidden]
  std::vector<float> probabilities;  // [heads, n, n]
};

std::vector<float> random_qkv(size_t n, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> qkv(n * 3 * kShape.hidden());
  for (float& value : qkv) value = normal(random);
  return qkv;
}

Outcome reference(const std::vector<float>& qkv, size_t n) {
  const size_t hidden = kShape.hidden();
  Outcome out{std::vector<float>(n * hidden), std::vector<float>(kShape.n_heads * n * n)};
  for (size_t h = 0; h < kShape.n_heads; ++h) {
    const auto at = [&](size_t t, size_t part, size_t d) {
      return double{qkv[((part * kShape.n_heads + h) * n + t) * kShape.head_dim + d]};
    };
    for (size_t i = 0; i < n; ++i) {
      std::vector<double> p(n);
      double total = 0;
      for (size_t j = 0; j < n; ++j) {
        double score = 0;
        for (size_t d = 0; d < kShape.head_dim; ++d) score += at(i, 0, d) * at(j, 1, d);
        p[j] = std::exp(score / std::sqrt(double{kShape.head_dim}));
        total += p[j];
      }
      for (size_t j = 0; j < n; ++j) {
        out.probabilities[(h * n + i) * n + j] = static_cast<float>(p[j] / total);
      }
      for (size_t d = 0; d < kShape.head_dim; ++d) {
        double sum = 0;
        for (size_t j = 0; j < n; ++j) sum += p[j] / total * at(j, 2, d);
        out.context[i * hidden + h * kShape.head_dim + d] = static_cast<float>(sum);
      }
    }
  }
  return out;
}

Outcome empty_outcome(size_t n) {
  return {std::vector<float>(n * kShape.hidden()), std::vector<float>(kShape.n_heads * n * n)};
}

HeadRows heads(const std::vector<float>& qkv, size_t n) {
  return {qkv.data(), n * kShape.head_dim};
}

Outcome run_f32(const std::vector<float>& qkv, size_t n) {
  AttentionScratch scratch(n, kShape.head_dim);
  Outcome out = empty_outcome(n);
  attention_f32(heads(qkv, n), n, kShape, scratch, out.context.data(), out.probabilities.data());
  return out;
}

Outcome run_int8(const std::vector<float>& qkv, size_t n, DotMode mode, size_t scratch_len,
                 int limit = kInt8Limit) {
  AttentionScratch scratch(scratch_len, kShape.head_dim);
  Outcome out = empty_outcome(n);
  attention_int8(heads(qkv, n), n, kShape, limit, mode, scratch, out.context.data(),
                 out.probabilities.data());
  return out;
}

double worst_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double worst = 0;
  for (size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(double{a[i]} - b[i]));
  return worst;
}

}  // namespace

TEST_CASE("f32 attention agrees with its definition at every length") {
  for (const size_t n : {1, 2, 7, 8, 9, 16, 33, 130, 300}) {
    CAPTURE(n);
    const auto qkv = random_qkv(n, static_cast<uint32_t>(n));
    const Outcome expected = reference(qkv, n);
    const Outcome got = run_f32(qkv, n);
    CHECK(worst_difference(got.context, expected.context) < 1e-5);
    CHECK(worst_difference(got.probabilities, expected.probabilities) < 1e-6);
  }
}

TEST_CASE("int8 attention stays near the definition and its rows sum to 1") {
  for (const size_t n : {1, 2, 7, 8, 9, 16, 33, 130, 300}) {
    CAPTURE(n);
    const auto qkv = random_qkv(n, static_cast<uint32_t>(n));
    const Outcome expected = reference(qkv, n);
    const Outcome got = run_int8(qkv, n, DotMode::kUnsigned, n);
    CHECK(worst_difference(got.context, expected.context) < 0.05);
    CHECK(worst_difference(got.probabilities, expected.probabilities) < 0.02);
    for (size_t row = 0; row < kShape.n_heads * n; ++row) {
      double total = 0;
      for (size_t j = 0; j < n; ++j) total += got.probabilities[row * n + j];
      CHECK(std::abs(total - 1) < 1e-5);
    }
  }
}

TEST_CASE("attention with keys and values of seven bits stays near the definition, in both modes") {
  for (const size_t n : {1, 8, 33, 130}) {
    CAPTURE(n);
    const auto qkv = random_qkv(n, static_cast<uint32_t>(n));
    const Outcome got = run_int8(qkv, n, DotMode::kUnsigned, n, kInt7Limit);
    CHECK(worst_difference(got.context, reference(qkv, n).context) < 0.08);
    CHECK(run_int8(qkv, n, DotMode::kSigned, n, kInt7Limit).context == got.context);
    CHECK(run_int8(qkv, n, DotMode::kUnsigned, n).context != got.context);
  }
}

TEST_CASE("int8 attention gives the same bits in signed and unsigned mode, whatever the scratch") {
  for (const size_t n : {1, 5, 16, 130}) {
    const auto qkv = random_qkv(n, 99);
    const Outcome expected = run_int8(qkv, n, DotMode::kUnsigned, n);
    const Outcome got = run_int8(qkv, n, DotMode::kSigned, 512);
    CHECK(got.context == expected.context);
    CHECK(got.probabilities == expected.probabilities);
  }
}

TEST_CASE("very large and equal logits neither overflow nor divide by zero") {
  const size_t n = 20;
  auto qkv = random_qkv(n, 5);
  for (float& value : qkv) value *= 1000;
  for (const Outcome& got : {run_f32(qkv, n), run_int8(qkv, n, DotMode::kUnsigned, n)}) {
    for (const float value : got.context) CHECK(std::isfinite(value));
  }
  const std::vector<float> zeros(n * 3 * kShape.hidden(), 0.0F);
  for (const Outcome& got : {run_f32(zeros, n), run_int8(zeros, n, DotMode::kUnsigned, n)}) {
    for (const float p : got.probabilities) CHECK(std::abs(p - 1.0F / n) < 1e-6F);
  }
}
