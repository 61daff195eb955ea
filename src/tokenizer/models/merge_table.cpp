#include "merge_table.h"

namespace kinvec {

void MergeTable::build(std::span<const Merge> merges) {
  merged_.clear();
  merged_.reserve(merges.size());
  slots_.assign(merges.size() + merges.size() / 2 + 1, kFree);
  filter_.assign(merges.size() / 8 + 1, 0);
  for (const auto& [left, right, merged] : merges) {
    const uint64_t pair = pair_of(left, right);
    const uint64_t hash = mix(pair);
    uint32_t place = place_of(hash);
    while (slots_[place] != kFree && slots_[place] >> kRankBits != pair) place = after(place);
    slots_[place] = pair << kRankBits | merged_.size();
    filter_[filter_place(hash)] |= filter_bits(hash);
    merged_.push_back(merged);
  }
}

}  // namespace kinvec
