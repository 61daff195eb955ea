// Row-wise normalisations. Row lengths are multiples of 4.
#pragma once

#include <cstddef>

namespace kinvec {

/// LayerNorm of rows x [rows, n] in place: (x - mean) / sqrt(variance + epsilon) * gamma + beta.
/// Two passes for mean and variance. gamma, beta: [n]. A row's result does not depend on the
/// others.
void layer_norm(float* x, size_t rows, const float* gamma, const float* beta, size_t n,
                float epsilon);

/// Scales x [n] to unit Euclidean length; a zero vector stays zero. Any n.
void l2_normalize(float* x, size_t n);

}  // namespace kinvec
