#include "code_rows.h"

#include <bit>
#include <cstring>

#include "../kernels/byte_products.h"
#include "../kernels/panels.h"

namespace kinvec {

namespace {

constexpr size_t kStep = 16;

// Products of N rows at once: while some wait for memory, others are multiplied.
template <int N>
inline void products(const int8_t* const* rows, const Activation* query, size_t n, int32_t* out) {
  i32x4 sums[N] = {};
  for (size_t i = 0; i < n; i += kStep) {
    for (int r = 0; r < N; ++r) sums[r] = add_products(rows[r] + i, query + i, sums[r]);
  }
  for (int r = 0; r < N; ++r) out[r] = sum(sums[r]);
}

}  // namespace

CodeRows::CodeRows(size_t dimensions, DotMode mode)
    : dimensions_(dimensions),
      stride_((dimensions + kStep - 1) / kStep * kStep),
      mode_(mode),
      blocks_(stride_ + sizeof(float) + sizeof(int32_t)),
      shift_(static_cast<size_t>(std::countr_zero(blocks_.rows_per_block()))),
      mask_(blocks_.rows_per_block() - 1),
      codes_of_query_(blocks_.bytes_per_row()) {}

CodeQuery CodeRows::make_query() const {
  return {AlignedBuffer<Activation>(stride_), weights_as_activations_zero(mode_), 0};
}

void CodeRows::encode(const float* vector, int8_t* row) const {
  const float scale = quantize_row_int8(vector, dimensions_, row);
  std::memset(row + dimensions_, 0, stride_ - dimensions_);
  int32_t total = 0;
  for (size_t i = 0; i < dimensions_; ++i) total += row[i];
  std::memcpy(row + stride_, &scale, sizeof scale);
  std::memcpy(row + stride_ + sizeof scale, &total, sizeof total);
}

void CodeRows::convert(const int8_t* row, CodeQuery& query) const {
  for (size_t i = 0; i < stride_; i += kStep) {
    weights_as_activations(row + i, mode_, query.values.data() + i);
  }
  std::memcpy(&query.scale, row + stride_, sizeof query.scale);
}

void CodeRows::convert(const float* vector, CodeQuery& query) const {
  encode(vector, codes_of_query_.data());
  convert(codes_of_query_.data(), query);
}

void CodeRows::move(size_t from, size_t to) {
  std::memcpy(codes(to), codes(from), blocks_.bytes_per_row());
}

float CodeRows::finish(const int8_t* row, int32_t product, const CodeQuery& query) const {
  float scale = 0;
  int32_t total = 0;
  std::memcpy(&scale, row + stride_, sizeof scale);
  std::memcpy(&total, row + stride_ + sizeof scale, sizeof total);
  return static_cast<float>(product - query.zero_point * total) * scale * query.scale;
}

void CodeRows::score(const CodeQuery& query, const uint32_t* rows, size_t count,
                     float* scores) const {
  constexpr int kAtOnce = 4;
  size_t i = 0;
  for (; i + kAtOnce <= count; i += kAtOnce) {
    const int8_t* some[kAtOnce];
    int32_t sums[kAtOnce];
    for (int r = 0; r < kAtOnce; ++r) some[r] = codes(rows[i + r]);
    products<kAtOnce>(some, query.values.data(), stride_, sums);
    for (int r = 0; r < kAtOnce; ++r) scores[i + r] = finish(some[r], sums[r], query);
  }
  for (; i < count; ++i) {
    const int8_t* one = codes(rows[i]);
    int32_t sums = 0;
    products<1>(&one, query.values.data(), stride_, &sums);
    scores[i] = finish(one, sums, query);
  }
}

}  // namespace kinvec
