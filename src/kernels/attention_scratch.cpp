#include "attention.h"
#include "attention_rows.h"

namespace kinvec {

AttentionScratch::AttentionScratch(size_t max_len, size_t head_dim)
    : key_panels_(round_up(max_len, 16) * head_dim),
      value_panels_(round_up(max_len, 16) * head_dim),
      key_scales_(round_up(max_len, 16)),
      key_sums_(round_up(max_len, 16)),
      value_scales_(head_dim),
      value_sums_(head_dim),
      queries_(max_len * round_up(head_dim, 16)),
      scores_(score_block_capacity(max_len)),
      weights_(score_block_capacity(max_len)),
      row_scales_(max_len),
      row_zeros_(max_len) {}

size_t AttentionScratch::bytes() const {
  return 4 * (key_panels_.size() + value_panels_.size() + key_scales_.size() + key_sums_.size() +
              value_scales_.size() + value_sums_.size() + scores_.size() + row_scales_.size() +
              row_zeros_.size()) +
         sizeof(Activation) * (queries_.size() + weights_.size());
}

bool AttentionScratch::allocated() const {
  const void* parts[] = {key_panels_.data(), value_panels_.data(), key_scales_.data(),
                         key_sums_.data(),   value_scales_.data(), value_sums_.data(),
                         queries_.data(),    scores_.data(),       weights_.data(),
                         row_scales_.data(), row_zeros_.data()};
  return std::none_of(std::begin(parts), std::end(parts),
                      [](const void* part) { return part == nullptr; });
}

}  // namespace kinvec
