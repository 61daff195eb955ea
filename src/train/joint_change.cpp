#include "joint_change.h"

#include <algorithm>
#include <cmath>

#include "../kernels/elementary.h"
#include "../kernels/row_steps.h"
#include "random.h"

namespace kinvec {

namespace {

/// Mean of s * (1 - s) over the predictions of a training, s the logistic function: the curvature
/// of its loss by the product of two vectors. 1/4 at most, 0 for what is settled.
constexpr float kSlope = 0.15F;

/// Directions change little from one time to the next, and need not be exact.
constexpr int kIterations = 2;

/// No direction is less curved than this share of the most curved one: where the samples have
/// nothing, a row updated often would else take the sum of what others move it there by chance.
constexpr float kLeast = 0.01F;

float dot(const float* a, const float* b, size_t width) {
  float product = 0;
  float* const rows[] = {const_cast<float*>(b)};
  dot_rows(a, rows, width, &product);
  return product;
}

}  // namespace

bool JointChange::allocate(uint32_t width, size_t most_samples) {
  width_ = width;
  return samples_.allocate(most_samples, width) && directions_.allocate(kDirections, width) &&
         products_.allocate(kDirections + 2, width);
}

/// By chance, where there is none: at first, and where the samples had fewer.
void JointChange::start_directions() {
  for (size_t k = 0; k < kDirections; ++k) {
    float* const row = directions_.row(k);
    if (dot(row, row, directions_.stride()) != 0) continue;
    Random random(k + 1);
    for (uint32_t i = 0; i < width_; ++i) row[i] = random.next_signed();
  }
  make_orthonormal();
}

/// By Gram and Schmidt; what the others leave nothing of is 0.
void JointChange::make_orthonormal() {
  const size_t stride = directions_.stride();
  for (size_t k = 0; k < kDirections; ++k) {
    float* const row = directions_.row(k);
    const float whole = dot(row, row, stride);
    for (size_t j = 0; j < k; ++j) {
      const float* const other = directions_.row(j);
      const float product = dot(row, other, stride);
      for (size_t i = 0; i < stride; ++i) row[i] -= product * other[i];
    }
    const float left = dot(row, row, stride);
    const float scale = left > 1e-6F * whole ? 1 / std::sqrt(left) : 0;
    for (size_t i = 0; i < stride; ++i) row[i] *= scale;
  }
}

// Orthogonal iteration for the largest eigenvalues of the samples' second moments.
void JointChange::measure(size_t n_samples, size_t n_different, float per_update, float averaged) {
  const size_t stride = samples_.stride();
  float* const mean = products_.row(kDirections);
  float* const unused = products_.row(kDirections + 1);
  std::fill_n(mean, stride, 0.0F);
  float square = 0;
  const float one_of = 1 / static_cast<float>(n_samples);
  for (size_t s = 0; s < n_samples; ++s) {
    const float* const sample = samples_.row(s);
    square += dot(sample, sample, stride);
    for (size_t i = 0; i < stride; ++i) mean[i] += one_of * sample[i];
  }
  // The mean of several has the same mean, and less of what they differ in.
  const float of_sample = one_of / averaged;
  const float of_mean = 1 - 1 / averaged;
  const float trace = of_sample * square + of_mean * dot(mean, mean, stride);

  float* directions[kDirections];
  float* products[kDirections];
  for (size_t k = 0; k < kDirections; ++k) {
    directions[k] = directions_.row(k);
    products[k] = products_.row(k);
  }
  float gains[kDirections];
  const auto add_product = [&](const float* vector, float weight) {
    dot_rows(vector, directions, stride, gains);
    for (float& gain : gains) gain *= weight;
    step_rows(vector, products, gains, stride, unused);
  };
  start_directions();
  for (int iteration = 0; iteration <= kIterations; ++iteration) {
    for (float* const product : products) std::fill_n(product, stride, 0.0F);
    for (size_t s = 0; s < n_samples; ++s) add_product(samples_.row(s), of_sample);
    add_product(mean, of_mean);
    if (iteration == kIterations) break;
    for (size_t k = 0; k < kDirections; ++k) std::copy_n(products[k], stride, directions[k]);
    make_orthonormal();
  }

  const float scale = kSlope * per_update;
  float rest = trace;
  float curvatures[kDirections];
  for (size_t k = 0; k < kDirections; ++k) {
    curvatures[k] = std::max(dot(directions[k], products[k], stride), 0.0F);
    rest -= curvatures[k];
  }
  const float least = kLeast * *std::ranges::max_element(curvatures);
  for (size_t k = 0; k < kDirections; ++k) curvatures_[k] = scale * std::max(curvatures[k], least);
  // So many vectors span no more directions, and the rest is in what is left of these.
  const size_t n_spanned = std::min<size_t>(width_, n_different);
  const float n_rest = n_spanned > kDirections ? static_cast<float>(n_spanned - kDirections) : 1;
  rest_ = scale * std::max(rest / n_rest, least);
}

void JointChange::join(float* sum, float steps, uint32_t n_trainers) const {
  constexpr float kLog2E = 1.44269504F;
  const Exp2 exp2;
  const auto times_mean = [&](f32x4 curvature) {
    const f32x4 left = exp2(curvature * splat(-kLog2E * steps));
    f32x4 factor = splat(1.0F);
    for (uint32_t i = 1; i < n_trainers; ++i) factor = factor * left + splat(1.0F);
    return factor * splat(1 / static_cast<float>(n_trainers));
  };
  const size_t stride = directions_.stride();
  const float rest = times_mean(splat(rest_))[0];
  const f32x4 factors = times_mean(curvatures_) - splat(rest);

  float* directions[kDirections];
  for (size_t k = 0; k < kDirections; ++k) directions[k] = directions_.row(k);
  float gains[kDirections];
  dot_rows(sum, directions, stride, gains);
  for (size_t i = 0; i < stride; i += 4) store(sum + i, splat(rest) * load_f32x4(sum + i));
  for (size_t k = 0; k < kDirections; ++k) {
    const f32x4 gain = splat(gains[k] * factors[k]);
    for (size_t i = 0; i < stride; i += 4) {
      store(sum + i, load_f32x4(sum + i) + gain * load_f32x4(directions[k] + i));
    }
  }
}

}  // namespace kinvec
