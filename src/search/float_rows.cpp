#include "float_rows.h"

#include <cstring>

#include "scan.h"

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

Result<void> FloatRows::scan(const float* queries, size_t count, size_t rows, TopK* best) const {
  blocks().for_each(rows, [&](const std::byte* block, size_t first, size_t n_rows) {
    for (size_t q = 0; q < count; ++q) {
      scan_f32(reinterpret_cast<const float*>(block), first, n_rows, queries + q * dimensions_,
               dimensions_, best[q]);
    }
  });
  return {};
}

float FloatRows::score(size_t row, const float* query) const {
  return dot(this->row(row), query, dimensions_);
}

}  // namespace kinvec
