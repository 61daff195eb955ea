// The merges of a BPE model: which two tokens make which, and how early. Open addressing in one
// array of 32-bit slots beside the list itself.
#pragma once

#include <cstdint>
#include <vector>

#include "text_hash.h"

namespace kinvec {

struct Merge {
  int32_t left;
  int32_t right;
  int32_t merged;
};

class MergeTable {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  /// Ranks are below this.
  static constexpr size_t kMaxMerges = (1u << 22) - 1;

  /// `merges` by rank; of those with the same two tokens the last counts.
  void build(std::vector<Merge> merges);

  size_t size() const { return merges_.size(); }
  const Merge& operator[](uint32_t rank) const { return merges_[rank]; }

  /// The rank of a pair's merge, or kNone.
  uint32_t find(int32_t left, int32_t right) const {
    const uint64_t hash = hash_of(left, right);
    if ((filter_[bit_of(hash) / 64] >> bit_of(hash) % 64 & 1) == 0) return kNone;
    for (uint32_t place = place_of(hash); slots_[place] != kNone; place = (place + 1) & mask()) {
      if (((slots_[place] ^ tag_of(hash)) & ~kRankMask) != 0) continue;
      const uint32_t rank = slots_[place] & kRankMask;
      if (merges_[rank].left == left && merges_[rank].right == right) return rank;
    }
    return kNone;
  }

 private:
  static constexpr uint32_t kRankMask = kMaxMerges;

  static uint64_t hash_of(int32_t left, int32_t right) {
    return mix(mix(static_cast<uint32_t>(left) | uint64_t{static_cast<uint32_t>(right)} << 32));
  }
  uint64_t bit_of(uint64_t hash) const { return hash >> 32 & (64 * filter_.size() - 1); }
  uint32_t mask() const { return static_cast<uint32_t>(slots_.size() - 1); }
  uint32_t place_of(uint64_t hash) const { return static_cast<uint32_t>(hash) & mask(); }
  static uint32_t tag_of(uint64_t hash) { return static_cast<uint32_t>(hash >> 32) & ~kRankMask; }

  std::vector<Merge> merges_;           // by rank
  std::vector<uint32_t> slots_{kNone};  // a rank in the low 22 bits, bits of the hash above
  // A bit for the hash of each pair, eight times as many bits as pairs: most pairs of a text cannot
  // merge, which is seen here with less memory to read.
  std::vector<uint64_t> filter_{0};
};

}  // namespace kinvec
