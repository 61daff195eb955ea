#include "merge_table.h"

#include <bit>
#include <utility>

namespace kinvec {

void MergeTable::build(std::vector<Merge> merges) {
  merges_ = std::move(merges);
  slots_.assign(std::bit_ceil(2 * merges_.size() + 1), kNone);
  filter_.assign(std::bit_ceil(8 * merges_.size() + 64) / 64, 0);
  for (uint32_t rank = 0; rank < merges_.size(); ++rank) {
    const auto [left, right, merged] = merges_[rank];
    const uint64_t hash = hash_of(left, right);
    const uint32_t known = find(left, right);
    uint32_t place = place_of(hash);
    while (slots_[place] != kNone && (known == kNone || slots_[place] != (tag_of(hash) | known))) {
      place = (place + 1) & mask();
    }
    slots_[place] = tag_of(hash) | rank;
    filter_[bit_of(hash) / 64] |= uint64_t{1} << bit_of(hash) % 64;
  }
}

}  // namespace kinvec
