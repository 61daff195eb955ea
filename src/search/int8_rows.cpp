#include "int8_rows.h"

#include <cstring>

#include "scan.h"

namespace kinvec {

namespace {

size_t round_up(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }

}  // namespace

Int8Rows::Int8Rows(size_t dimensions, DotMode mode)
    : RowStore(round_up(dimensions, 4) + sizeof(float) + sizeof(int32_t)),
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
  std::byte* block = blocks().block(row / blocks().rows_per_block());
  const size_t at = row % blocks().rows_per_block();
  scales(block)[at] = quantize_row_int8(vector, dimensions_, codes);

  const size_t c = at % kPanelChannels;
  int8_t* panel = values(block) + (at - c) * k_;
  int32_t total = 0;
  for (size_t i = 0; i < k_; i += 4) {
    std::memcpy(panel + (i / 4 * kPanelChannels + c) * 4, codes + i, 4);
    total += codes[i] + codes[i + 1] + codes[i + 2] + codes[i + 3];
  }
  ksum(block)[at] = total;
}

Result<void> Int8Rows::scan(const float* queries, size_t count, size_t rows, TopK* best) const {
  const size_t stride = round_up(k_, 16);
  const AlignedBuffer<float> padded(k_);
  const AlignedBuffer<Activation> values(count * stride);
  const AlignedBuffer<float> scales(count);
  const AlignedBuffer<int32_t> zero_points(count);
  if (padded.data() == nullptr || values.data() == nullptr || scales.data() == nullptr ||
      zero_points.data() == nullptr) {
    return Error{ErrorCode::kOutOfMemory, "no memory left for the search"};
  }
  const ActivationRows quantized{values.data(), stride, scales.data(), zero_points.data(), mode_};
  std::memset(padded.data(), 0, k_ * sizeof(float));
  for (size_t q = 0; q < count; ++q) {
    std::memcpy(padded.data(), queries + q * dimensions_, dimensions_ * sizeof(float));
    quantize_row(padded.data(), nullptr, k_, quantized, q);
  }

  blocks().for_each(rows, [&](std::byte* block, size_t first, size_t n_rows) {
    const Int8Panels panels{this->values(block), this->scales(block), ksum(block),
                            round_up(n_rows, kPanelChannels), k_};
    scan_int8(panels, first, n_rows, quantized, count, best);
  });
  return {};
}

}  // namespace kinvec
