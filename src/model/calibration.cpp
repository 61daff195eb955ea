#include "calibration.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "../kernels/second_moments.h"
#include "../kernels/simd.h"

namespace kinvec {

namespace {

constexpr size_t kLinearsPerLayer = 4;

Error no_memory() {
  return {ErrorCode::kOutOfMemory, "there is no memory left for the statistics of a calibration"};
}

size_t widest_input(const EncoderConfig& config) {
  return std::max(config.hidden_size, config.intermediate_size);
}

}  // namespace

Calibration::Calibration(const EncoderConfig& config) : config_(config) {
  const size_t channels = config.n_layers * (3 * config.hidden_size + config.intermediate_size);
  inputs_.assign(5 * channels, 0.0F);
  std::fill_n(inputs_.data() + channels, channels, FLT_MAX);
  std::fill_n(inputs_.data() + 2 * channels, channels, -FLT_MAX);
}

size_t Calibration::layer_moments() const {
  const size_t hidden = config_.hidden_size;
  const size_t intermediate = config_.intermediate_size;
  return 3 * hidden * hidden + intermediate * intermediate;
}

Result<void> Calibration::begin_moments(size_t first_layer, size_t n_layers) {
  if (n_layers == 0 || first_layer >= config_.n_layers ||
      n_layers > config_.n_layers - first_layer) {
    return Error{ErrorCode::kInvalidArgument, "there are no such layers to calibrate"};
  }
  first_layer_ = first_layer;
  n_layers_ = n_layers;
  const size_t size = n_layers * layer_moments();
  if (moments_.size() != size) {
    moments_ = AlignedBuffer<float>();  // the old one goes before the new one comes
    moments_ = AlignedBuffer<float>(size);
  }
  if (moments_.data() == nullptr) return no_memory();
  std::fill_n(moments_.data(), size, 0.0F);
  return {};
}

Result<void> Calibration::begin_forward(size_t n) {
  linear_ = 0;
  channel_ = 0;
  sums_ = moments_.data();
  if (n_layers_ == 0) return {};
  const size_t width = widest_input(config_);
  const size_t needed = n * width + second_moments_scratch(n, width);
  if (scratch_.size() < needed) scratch_ = AlignedBuffer<float>(needed);
  return scratch_.data() == nullptr ? Result<void>(no_memory()) : Result<void>();
}

void Calibration::observe(const float* x, size_t n, size_t width, const uint8_t* is_first) {
  const size_t layer = linear_ / kLinearsPerLayer;
  if (n_layers_ == 0) {
    track(x, n, width, is_first);
  } else if (layer >= first_layer_ && layer < first_layer_ + n_layers_) {
    add_moments(x, n, width, is_first, sums_);
    sums_ += width * width;
  }
  ++linear_;
  channel_ += width;
}

void Calibration::track(const float* x, size_t n, size_t width, const uint8_t* is_first) {
  float* others = inputs_.data() + channel_;
  float* first_low = others + channels();
  float* first_high = first_low + channels();
  float* mean = first_high + channels();
  float* first_mean = mean + channels();
  size_t n_others = n_others_;
  size_t n_firsts = n_firsts_;
  const auto add_to_mean = [](float* m, f32x4 v, size_t count) {
    const f32x4 old = load_f32x4(m);
    store(m, old + (v - old) / splat(static_cast<float>(count)));
  };
  for (size_t r = 0; r < n; ++r) {
    const float* row = x + r * width;
    const bool first = is_first[r] != 0;
    ++(first ? n_firsts : n_others);
    for (size_t i = 0; i < width; i += 4) {
      const f32x4 v = load_f32x4(row + i);
      if (first) {
        store(first_low + i, min(load_f32x4(first_low + i), v));
        store(first_high + i, max(load_f32x4(first_high + i), v));
        add_to_mean(first_mean + i, v, n_firsts);
      } else {
        store(others + i, max(load_f32x4(others + i), abs(v)));
        add_to_mean(mean + i, v, n_others);
      }
    }
  }
  if (linear_ + 1 == kLinearsPerLayer * config_.n_layers) {
    n_others_ = n_others;
    n_firsts_ = n_firsts;
  }
}

// A vector of a text is made of all its tokens, so that each counts less in a long one: neither as
// one token (long texts would drown short ones) nor as one text (they say more), but in between.
void Calibration::add_moments(const float* x, size_t n, size_t width, const uint8_t* is_first,
                              float* sums) {
  const float* mean = inputs_.data() + 3 * channels() + channel_;
  const float* first_mean = mean + channels();
  float* centred = scratch_.data();
  float root_weight = 1.0F;
  for (size_t r = 0; r < n; ++r) {
    if (is_first[r] != 0) {
      const auto length = std::find(is_first + r + 1, is_first + n, 1) - (is_first + r);
      root_weight = 1.0F / std::sqrt(std::sqrt(static_cast<float>(length)));
    }
    const float* m = is_first[r] != 0 ? first_mean : mean;
    for (size_t i = 0; i < width; ++i) {
      centred[r * width + i] = (x[r * width + i] - m[i]) * root_weight;
    }
  }
  add_second_moments(centred, n, width, sums, centred + n * width);
}

}  // namespace kinvec
