// Scaled dot-product attention of one sequence over all its heads, no mask and no padding.
//
// Input is the fused projection, head by head: the queries of all heads, then their keys, then
// their values, each [seq_len, head_dim]. Output is the context [seq_len, hidden]. Two forms: f32
// throughout, and int8 products (scores and weighted sums on the kernels of gemm.h, softmax in
// f32).
#pragma once

#include <cstddef>
#include <cstdint>

#include "activation_rows.h"
#include "aligned_buffer.h"
#include "panels.h"

namespace kinvec {

struct AttentionShape {
  size_t n_heads;
  size_t head_dim;  // a multiple of 8
  size_t hidden() const { return n_heads * head_dim; }
};

/// Queries, keys and values of a sequence: 3 * n_heads blocks of [seq_len, head_dim], which lie
/// `stride` floats apart (further than a block is long where several sequences share them).
struct HeadRows {
  const float* values;
  size_t stride;

  const float* of(size_t block) const { return values + block * stride; }
};

/// Working memory for sequences of up to max_len tokens.
class AttentionScratch {
 public:
  AttentionScratch() = default;
  AttentionScratch(size_t max_len, size_t head_dim);
  size_t bytes() const;

  /// False when memory ran out; then the scratch must not be used.
  bool allocated() const;

 private:
  friend void attention_f32(const HeadRows&, size_t, const AttentionShape&, AttentionScratch&,
                            float*, float*);
  friend void attention_int8(const HeadRows&, size_t, const AttentionShape&, int, DotMode,
                             AttentionScratch&, float*, float*);
  friend struct Int8Head;
  friend struct FloatHead;

  AlignedBuffer<float> key_panels_;    // f32 or int8 panels, [max_len, head_dim]
  AlignedBuffer<float> value_panels_;  // the same
  AlignedBuffer<float> key_scales_;    // [max_len]
  AlignedBuffer<int32_t> key_sums_;    // [max_len]
  AlignedBuffer<float> value_scales_;  // [head_dim]
  AlignedBuffer<int32_t> value_sums_;  // [head_dim]
  AlignedBuffer<Activation> queries_;  // [max_len, head_dim]
  AlignedBuffer<float> scores_;        // [block rows, seq_len]
  AlignedBuffer<Activation> weights_;  // [block rows, seq_len], softmax numerators
  AlignedBuffer<float> row_scales_;    // [max_len]
  AlignedBuffer<int32_t> row_zeros_;   // [max_len]
};

/// qkv of n tokens -> context [n, hidden]. When `probabilities` is not null it receives the
/// softmax rows of every head, [n_heads, n, n].
void attention_f32(const HeadRows& qkv, size_t n, const AttentionShape& shape,
                   AttentionScratch& scratch, float* context, float* probabilities);

/// The same with int8 products. Queries and keys are symmetric per token and head, values symmetric
/// per channel over the sequence, keys and values up to `weight_limit` (kInt8Limit, kInt7Limit).
/// Softmax numerators are rounded to 0...255 (the largest is 255) and divided by their own sum, so
/// that each row sums to 1 as used.
void attention_int8(const HeadRows& qkv, size_t n, const AttentionShape& shape, int weight_limit,
                    DotMode mode, AttentionScratch& scratch, float* context, float* probabilities);

}  // namespace kinvec
