// The kernels of a search: rows of one block against one query, or few, and the best of the scores
// kept. Each is called once per block, since engines move to optimised code at a call only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../kernels/activation_rows.h"
#include "../kernels/panels.h"
#include "top_k.h"

namespace kinvec {

/// Dot product of [n] with [n] in four lanes; any n.
float dot(const float* a, const float* b, size_t n);

/// rows [n_rows, dimensions], of which the first is row `first` of the index; scores as dot().
void scan_f32(const float* rows, size_t first, size_t n_rows, const float* query, size_t dimensions,
              TopK& best);

/// Panels of which the first `n_rows` channels are rows, against `count` quantised queries; scores
/// are those of gemm_qd8_qc8w, and query q's go to best[q].
void scan_int8(const Int8Panels& rows, size_t first, size_t n_rows, const ActivationRows& queries,
               size_t count, TopK* best);

/// rows [n_rows, words] of sign bits; scores are (equal - unequal signs) / dimensions.
void scan_signs(const uint64_t* rows, size_t first, size_t n_rows, const uint64_t* query,
                size_t words, size_t dimensions, TopK& best);

}  // namespace kinvec
