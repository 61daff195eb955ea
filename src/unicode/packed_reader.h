// Reads generated tables: numbers in few bytes by adaptive arithmetic coding.
// The chance of each bit is learned from the bits read before it in the same context. The writer is
// tools/unicode/packing.py. It must not know what the numbers mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kinvec {

/// The chance of one bit in one context. At first all is 0, so many of them take little code.
struct AdaptiveBit {
  int16_t lean = 0;   // (1 << 15) + lean of 1 << 16 is the chance of a 0
  uint16_t seen = 0;  // bits so far, up to where the chance no longer changes slower
};

/// The chances of the bits of a small number, the highest first, each in the context of those
/// before it.
template <int kBits>
struct AdaptiveTree {
  AdaptiveBit nodes[1u << kBits];  // the root is 1, the children of n are 2n and 2n + 1
};

/// The chances of the bits of a number of any size: its length, then its highest bits.
struct AdaptiveNumber {
  static constexpr uint32_t kLengths = 8;  // the last one stands for all longer ones as well
  static constexpr uint32_t kNodes = 16;   // bits below those of the tree are even

  AdaptiveBit longer[32];
  AdaptiveBit digits[kLengths][kNodes];
};

class PackedReader {
 public:
  /// Behind the end of the bytes it reads zeros, which the writer leaves out.
  explicit PackedReader(std::span<const uint8_t> packed);

  bool read_bit(AdaptiveBit& chance);
  uint32_t read_number(AdaptiveNumber& model);

  /// A number of as many bits, which are as likely 0 as 1.
  uint32_t read_even_bits(int count);

  template <int kBits>
  uint32_t read_tree(AdaptiveTree<kBits>& tree) {
    return read_tree(tree.nodes, kBits);
  }

 private:
  uint32_t read_tree(AdaptiveBit* nodes, int bits);
  uint8_t next_byte() { return at_ < end_ ? *at_++ : 0; }

  const uint8_t* at_;
  const uint8_t* end_;
  uint32_t range_ = 0xFFFFFFFF;
  uint32_t place_ = 0;  // of the number that the bytes are, from the start of the range
};

}  // namespace kinvec
