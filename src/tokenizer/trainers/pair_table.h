// Numbers pairs of token ids in the order in which they were added.
#pragma once

#include <cstdint>
#include <vector>

namespace kinvec {

/// Two token ids that follow one another. Pairs are ordered by the left id, then by the right.
struct TokenPair {
  uint32_t left;
  uint32_t right;

  uint64_t key() const { return uint64_t{left} << 32 | right; }
  bool operator==(const TokenPair& other) const { return key() == other.key(); }
  bool operator<(const TokenPair& other) const { return key() < other.key(); }
};

class PairTable {
 public:
  /// The number of `pair`, which is added if it is new.
  uint32_t add(TokenPair pair) {
    if (slots_.size() <= 2 * pairs_.size()) grow();
    uint32_t& slot = slots_[place(pair)];
    if (slot == kEmpty) {
      slot = static_cast<uint32_t>(pairs_.size());
      pairs_.push_back(pair);
    }
    return slot;
  }

  TokenPair operator[](uint32_t i) const { return pairs_[i]; }
  size_t size() const { return pairs_.size(); }

 private:
  static constexpr uint32_t kEmpty = 0xFFFFFFFF;

  /// The slot of a pair, or the empty one where it belongs.
  size_t place(TokenPair pair) const {
    const size_t mask = slots_.size() - 1;
    // Fibonacci hashing: the high bits of the product depend on all bits of the key.
    size_t at = (pair.key() * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (slots_[at] != kEmpty && !(pairs_[slots_[at]] == pair)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    constexpr size_t kFewestSlots = 1024;
    slots_.assign(slots_.empty() ? kFewestSlots : 2 * slots_.size(), kEmpty);
    for (uint32_t i = 0; i < pairs_.size(); ++i) slots_[place(pairs_[i])] = i;
  }

  std::vector<TokenPair> pairs_;
  std::vector<uint32_t> slots_;  // open addressing, a power of two, at most half full
};

}  // namespace kinvec
