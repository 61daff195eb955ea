// Sums of x x^T over rows, for statistics of what a linear layer reads.
#pragma once

#include <cstddef>

namespace kinvec {

/// Floats that add_second_moments() needs beside its arguments.
inline size_t second_moments_scratch(size_t n, size_t width) { return 2 * n * width; }

/// Adds the sum of x x^T over the rows of x [n, width] to sums [width, width], of which only the
/// lower triangle means anything. width is a multiple of 8. scratch:
/// [second_moments_scratch(n, width)].
void add_second_moments(const float* x, size_t n, size_t width, float* sums, float* scratch);

}  // namespace kinvec
