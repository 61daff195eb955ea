// The merges of a BPE model: which two tokens make which, and how early. Open addressing: a slot
// holds all that a lookup compares and answers, since a look at other memory costs more than that.
#pragma once

#include <cstdint>
#include <span>
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
  /// Ids of tokens that merge are below this.
  static constexpr size_t kMaxTokens = (1u << 21) - 1;

  /// `merges` by rank; of those with the same two tokens the last counts.
  void build(std::span<const Merge> merges);

  /// Number of ranks.
  size_t size() const { return merged_.size(); }
  int32_t merged(uint32_t rank) const { return merged_[rank]; }

  /// The rank of a pair's merge, or kNone. Any ids may be asked for.
  uint32_t find(int32_t left, int32_t right) const {
    const uint64_t pair = pair_of(left, right);
    const uint64_t hash = mix(pair);
    const uint64_t bits = filter_bits(hash);
    if ((filter_[filter_place(hash)] & bits) != bits) return kNone;
    for (uint32_t place = place_of(hash); slots_[place] != kFree; place = after(place)) {
      if (slots_[place] >> kRankBits == pair) return slots_[place] & kMaxMerges;
    }
    return kNone;
  }

  /// Calls `visit` with the two tokens of each pair that can merge, in any order.
  template <class Visit>
  void for_each_pair(const Visit& visit) const {
    for (const uint64_t slot : slots_) {
      if (slot == kFree) continue;
      visit(static_cast<int32_t>(slot >> (kRankBits + kIdBits)),
            static_cast<int32_t>(slot >> kRankBits & kMaxTokens));
    }
  }

 private:
  static constexpr int kRankBits = 22;
  static constexpr int kIdBits = 21;
  static constexpr uint64_t kFree = ~uint64_t{0};

  /// Of no pair in the table if an id is negative: such a number has more bits than a slot, or ends
  /// in kMaxTokens.
  static uint64_t pair_of(int32_t left, int32_t right) {
    return uint64_t{static_cast<uint32_t>(left)} << kIdBits | static_cast<uint32_t>(right);
  }

  /// Spreads 32 bits of a hash over 0 to `size` - 1: sizes need not be powers of two, and as much
  /// of a table that is no larger than it must be stays in the processor's caches.
  static uint32_t scale(uint64_t hash, size_t size) {
    return static_cast<uint32_t>(uint64_t{static_cast<uint32_t>(hash)} * size >> 32);
  }
  uint32_t place_of(uint64_t hash) const { return scale(hash, slots_.size()); }
  uint32_t after(uint32_t place) const { return place + 1 < slots_.size() ? place + 1 : 0; }
  uint32_t filter_place(uint64_t hash) const { return scale(hash >> 32, filter_.size()); }
  static uint64_t filter_bits(uint64_t hash) {
    return uint64_t{1} << hash % 64 | uint64_t{1} << hash / 64 % 64;
  }

  std::vector<int32_t> merged_;         // by rank
  std::vector<uint64_t> slots_{kFree};  // from the top: left, right, rank
  // Two bits for the hash of each pair, eight times as many bits as pairs: most pairs of a text
  // cannot merge, which is seen here with less memory to read.
  std::vector<uint64_t> filter_{0};
};

}  // namespace kinvec
