#include "row_steps.h"

#include "simd.h"

namespace kinvec {

namespace {

// Rows at once, so that one row's chain of additions does not keep a processor waiting, and what
// all share is read and written once.
constexpr size_t kRows = 6;

template <size_t n>
void dot_some(const float* x, float* const* rows, size_t width, float* products) {
  f32x4 sums[n] = {};
  for (size_t i = 0; i < width; i += 4) {
    const f32x4 v = load_f32x4(x + i);
    for (size_t r = 0; r < n; ++r) sums[r] += v * load_f32x4(rows[r] + i);
  }
  for (size_t r = 0; r < n; ++r) products[r] = sum(sums[r]);
}

template <size_t n>
void step_some(const float* x, float* const* rows, const float* gains, size_t width,
               float* gradient) {
  f32x4 gain[n];
  for (size_t r = 0; r < n; ++r) gain[r] = splat(gains[r]);
  for (size_t i = 0; i < width; i += 4) {
    const f32x4 v = load_f32x4(x + i);
    f32x4 total = load_f32x4(gradient + i);
    for (size_t r = 0; r < n; ++r) {
      const f32x4 row = load_f32x4(rows[r] + i);
      total += gain[r] * row;
      store(rows[r] + i, row + gain[r] * v);
    }
    store(gradient + i, total);
  }
}

}  // namespace

void dot_rows(const float* x, std::span<float* const> rows, size_t width, float* products) {
  size_t r = 0;
  for (; r + kRows <= rows.size(); r += kRows) dot_some<kRows>(x, &rows[r], width, products + r);
  for (; r + 2 <= rows.size(); r += 2) dot_some<2>(x, &rows[r], width, products + r);
  if (r < rows.size()) dot_some<1>(x, &rows[r], width, products + r);
}

void step_rows(const float* x, std::span<float* const> rows, const float* gains, size_t width,
               float* gradient) {
  size_t r = 0;
  for (; r + kRows <= rows.size(); r += kRows) {
    step_some<kRows>(x, &rows[r], gains + r, width, gradient);
  }
  for (; r + 2 <= rows.size(); r += 2) step_some<2>(x, &rows[r], gains + r, width, gradient);
  if (r < rows.size()) step_some<1>(x, &rows[r], gains + r, width, gradient);
}

void mean_of_rows(std::span<float* const> rows, size_t width, float* mean) {
  const f32x4 scale = splat(1.0F / static_cast<float>(rows.size()));
  for (size_t i = 0; i < width; i += 4) {
    f32x4 total = load_f32x4(rows[0] + i);
    for (size_t r = 1; r < rows.size(); ++r) total += load_f32x4(rows[r] + i);
    store(mean + i, scale * total);
  }
}

void add_to_rows(const float* x, std::span<float* const> rows, size_t width) {
  for (float* const row : rows) {
    for (size_t i = 0; i < width; i += 4) store(row + i, load_f32x4(row + i) + load_f32x4(x + i));
  }
}

}  // namespace kinvec
