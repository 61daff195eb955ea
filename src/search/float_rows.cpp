#include "float_rows.h"

#include <cstring>

namespace kinvec {

float* FloatRows::row(size_t i) const {
  const size_t per_block = blocks().rows_per_block();
  return reinterpret_cast<float*>(blocks().block(i / per_block)) + i % per_block * dimensions_;
}

void FloatRows::write(size_t row, const float* vector) {
  std::memcpy(this->row(row), vector, dimensions_ * sizeof(float));
}

void FloatRows::save(size_t row, std::byte* stored) const {
  std::memcpy(stored, this->row(row), stored_bytes());
}

bool FloatRows::restore(size_t row, const std::byte* stored) {
  std::memcpy(this->row(row), stored, stored_bytes());
  return true;
}

Result<void> FloatRows::scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                             ScoreSink& sink) const {
  const auto score = [&](const std::byte* block, const ScanRows& range, size_t query, size_t n,
                         float* out, size_t stride) {
    score_f32(reinterpret_cast<const float*>(block), range, queries + query * dimensions_, n,
              dimensions_, out, stride);
  };
  if (!scan_blocks(count, rows, allowed, sink, score)) return no_memory_to_search();
  return {};
}

float FloatRows::score(size_t row, const float* query) const {
  return dot(this->row(row), query, dimensions_);
}

}  // namespace kinvec
