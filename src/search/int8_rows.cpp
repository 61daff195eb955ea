#include "int8_rows.h"

#include <cstring>

namespace kinvec {

namespace {

// Rounding to codes makes a vector longer, at most by half a step in each dimension. The longest
// that an index takes, 1e19, stays below this, and its scores below the largest float.
constexpr float kMaxSquaredLength = 2e38F;

size_t round_up(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }

}  // namespace

Int8Rows::Int8Rows(size_t dimensions, DotMode mode)
    : RowStore(round_up(dimensions, 4) + sizeof(float) + sizeof(int32_t),
               sizeof(float) + dimensions),
      dimensions_(dimensions),
      k_(round_up(dimensions, 4)),
      mode_(mode) {}

float* Int8Rows::scales(std::byte* block) const {
  return reinterpret_cast<float*>(block + blocks().rows_per_block() * k_);
}

int32_t* Int8Rows::ksum(std::byte* block) const {
  return reinterpret_cast<int32_t*>(scales(block) + blocks().rows_per_block());
}

void Int8Rows::write(size_t row, const float* vector) {
  alignas(4) int8_t codes[kMaxDimensions] = {};
  const float scale = quantize_row_int8(vector, dimensions_, codes);
  write_codes(row, codes, scale);
}

void Int8Rows::write_codes(size_t row, const int8_t* codes, float scale) {
  std::byte* block = blocks().block(row / blocks().rows_per_block());
  const size_t at = row % blocks().rows_per_block();
  scales(block)[at] = scale;

  const size_t c = at % kPanelChannels;
  int8_t* panel = values(block) + (at - c) * k_;
  int32_t total = 0;
  for (size_t i = 0; i < k_; i += 4) {
    std::memcpy(panel + (i / 4 * kPanelChannels + c) * 4, codes + i, 4);
    total += codes[i] + codes[i + 1] + codes[i + 2] + codes[i + 3];
  }
  ksum(block)[at] = total;
}

void Int8Rows::save(size_t row, std::byte* stored) const {
  std::byte* block = blocks().block(row / blocks().rows_per_block());
  const size_t at = row % blocks().rows_per_block();
  std::memcpy(stored, scales(block) + at, sizeof(float));

  const size_t c = at % kPanelChannels;
  const int8_t* panel = values(block) + (at - c) * k_;
  for (size_t i = 0; i < dimensions_; i += 4) {
    std::memcpy(stored + sizeof(float) + i, panel + (i / 4 * kPanelChannels + c) * 4,
                std::min(size_t{4}, dimensions_ - i));
  }
}

bool Int8Rows::restore(size_t row, const std::byte* stored) {
  alignas(4) int8_t codes[kMaxDimensions] = {};
  float scale = 0;
  std::memcpy(&scale, stored, sizeof(float));
  std::memcpy(codes, stored + sizeof(float), dimensions_);
  int32_t squares = 0;
  for (size_t i = 0; i < dimensions_; ++i) {
    if (codes[i] < -kInt8Limit) return false;
    squares += codes[i] * codes[i];
  }
  if (!(scale >= 0 && static_cast<float>(squares) * scale * scale <= kMaxSquaredLength)) {
    return false;
  }
  write_codes(row, codes, scale);
  return true;
}

Result<void> Int8Rows::scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                            ScoreSink& sink) const {
  const size_t stride = round_up(k_, 16);
  const AlignedBuffer<float> padded(k_);
  const AlignedBuffer<Activation> values(count * stride);
  const AlignedBuffer<float> scales(count);
  const AlignedBuffer<int32_t> zero_points(count);
  if (padded.data() == nullptr || values.data() == nullptr || scales.data() == nullptr ||
      zero_points.data() == nullptr) {
    return no_memory_to_search();
  }
  const ActivationRows quantized{values.data(), stride, scales.data(), zero_points.data(), mode_};
  std::memset(padded.data(), 0, k_ * sizeof(float));
  for (size_t q = 0; q < count; ++q) {
    std::memcpy(padded.data(), queries + q * dimensions_, dimensions_ * sizeof(float));
    quantize_row(padded.data(), nullptr, k_, quantized, q);
  }

  const auto score = [&](std::byte* block, const ScanRows& range, size_t query, size_t n,
                         float* out, size_t stride) {
    const Int8Panels panels{this->values(block), this->scales(block), ksum(block),
                            round_up(range.count, kPanelChannels), k_};
    score_int8(panels, range, quantized, query, n, out, stride);
  };
  if (!scan_blocks(count, rows, allowed, sink, score)) return no_memory_to_search();
  return {};
}

}  // namespace kinvec
