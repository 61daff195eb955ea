// The kernels of a scan: the scores of the rows of one block with one query or several. Each is
// called once per block, since engines move to optimised code at a call only. Rows that a mask
// leaves out need no score: theirs is left as it was, or is any.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../kernels/activation_rows.h"
#include "../kernels/panels.h"
#include "row_mask.h"

namespace kinvec {

/// Rows of a block: the first is row `first` of the index, a multiple of 8.
struct ScanRows {
  size_t first;
  size_t count;
  RowMask allowed;
};

/// Dot product of [n] with [n] in four lanes; any n.
float dot(const float* a, const float* b, size_t n);

/// values [rows.count, dimensions], queries [count, dimensions]; scores, to out[q * stride + i],
/// are the bits of dot(). The rows are read from memory once for four queries.
void score_f32(const float* values, const ScanRows& rows, const float* queries, size_t count,
               size_t dimensions, float* out, size_t stride);

/// Panels of which the first rows.count channels are rows, with queries [query, query + count) of
/// `queries`; scores are those of gemm_qd8_qc8w. `stride` has room for whole panels.
void score_int8(const Int8Panels& panels, const ScanRows& rows, const ActivationRows& queries,
                size_t query, size_t count, float* out, size_t stride);

/// signs [rows.count, words], queries [count, words]; scores are (equal - unequal signs) /
/// dimensions.
void score_signs(const uint64_t* signs, const ScanRows& rows, const uint64_t* queries, size_t count,
                 size_t words, size_t dimensions, float* out, size_t stride);

}  // namespace kinvec
