// One vector against rows that lie anywhere: their products with it, and the steps of gradient
// descent that follow from them. Word vectors are trained by these.
#pragma once

#include <cstddef>
#include <span>

namespace kinvec {

/// All vectors and rows have `width` numbers, a multiple of 4.

/// products[i] = x . rows[i]
void dot_rows(const float* x, std::span<float* const> rows, size_t width, float* products);

/// gradient += gains[i] * rows[i], then rows[i] += gains[i] * x, for one row after another: a row
/// may be there twice.
void step_rows(const float* x, std::span<float* const> rows, const float* gains, size_t width,
               float* gradient);

/// mean = the sum of the rows times 1 / their number, of which there is at least one.
void mean_of_rows(std::span<float* const> rows, size_t width, float* mean);

/// row += x for each row; one that is there twice gets it twice.
void add_to_rows(const float* x, std::span<float* const> rows, size_t width);

}  // namespace kinvec
