#include "embedding_table.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "../concat.h"
#include "tensors.h"

namespace kinvec {

namespace {

// Decoded at once: a whole number of blocks of any type.
constexpr size_t kValuesAtOnce = 256;

// Adds a block of 32 values, see quant_types.cpp, where decoding is made small rather than fast.
void add_q4_1(const std::byte* block, float* __restrict out) {
  uint16_t halves[2];
  std::memcpy(halves, block, sizeof halves);
  const float scale = half_to_float(halves[0]);
  const float minimum = half_to_float(halves[1]);
  const auto* pairs = reinterpret_cast<const uint8_t*>(block + sizeof halves);
  for (size_t j = 0; j < 16; ++j) {
    out[j] += static_cast<float>(pairs[j] & 15U) * scale + minimum;
    out[j + 16] += static_cast<float>(pairs[j] >> 4U) * scale + minimum;
  }
}

}  // namespace

Result<EmbeddingTable> EmbeddingTable::from_gguf(const Gguf& gguf, const std::string& name,
                                                 size_t min_rows, size_t width) {
  const auto tensor = find_matrix(gguf, name + ".weight", width);
  if (!tensor) return tensor.error();
  EmbeddingTable table;
  table.type_ = (*tensor)->type;
  table.data_ = (*tensor)->data.data();
  table.rows_ = (*tensor)->rows();
  table.width_ = width;
  table.row_bytes_ = (*tensor)->data.size() / table.rows_;
  if (table.rows_ < min_rows) {
    return format_error(concat({"tensor \"", name, ".weight\" has ", table.rows_, " rows; ",
                                min_rows, " are needed"}),
                        static_cast<int64_t>((*tensor)->offset));
  }
  if (table.type_ == TensorType::kI8) {
    const auto scales = find_vector(gguf, name + ".scale", table.rows_);
    if (!scales) return scales.error();
    table.scales_ = *scales;
  }
  return table;
}

void EmbeddingTable::row(size_t i, float* out) const {
  dequantize(type_, data_ + i * row_bytes_, width_, out);
  if (scales_ == nullptr) return;
  for (size_t c = 0; c < width_; ++c) out[c] *= scales_[i];
}

void EmbeddingTable::mean(std::span<const int32_t> ids, int64_t left_out, float* out) const {
  std::fill_n(out, width_, 0.0F);
  size_t n = 0;
  for (const int32_t id : ids) {
    if (id == left_out) continue;
    add_row(static_cast<size_t>(id), out);
    ++n;
  }
  if (n == 0) return;
  for (size_t c = 0; c < width_; ++c) out[c] /= static_cast<float>(n);
}

void EmbeddingTable::add_row(size_t i, float* __restrict out) const {
  const std::byte* bytes = data_ + i * row_bytes_;
  if (type_ == TensorType::kI8) {
    const auto* codes = reinterpret_cast<const int8_t*>(bytes);
    const float scale = scales_[i];
    for (size_t c = 0; c < width_; ++c) out[c] += static_cast<float>(codes[c]) * scale;
    return;
  }
  if (type_ == TensorType::kQ4_1) {
    for (size_t c = 0; c < width_; c += 32, bytes += 20) add_q4_1(bytes, out + c);
    return;
  }
  float values[kValuesAtOnce];
  for (size_t start = 0; start < width_; start += kValuesAtOnce) {
    const size_t count = std::min(kValuesAtOnce, width_ - start);
    dequantize(type_, bytes + start * row_bytes_ / width_, count, values);
    for (size_t c = 0; c < count; ++c) out[start + c] += values[c];
  }
}

}  // namespace kinvec
