// XXH64, the checksum over a model's tensor bytes. Algorithm: xxHash specification, version 0.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace kinvec {

/// The hash of bytes that come one after another into one block.
class Xxh64 {
 public:
  explicit Xxh64(uint64_t seed = 0);

  /// `block` begins where it did in earlier calls and is no shorter.
  void advance(std::span<const std::byte> block);
  /// The hash of the whole block.
  uint64_t finish(std::span<const std::byte> block);

 private:
  uint64_t seed_;
  uint64_t lanes_[4];
  size_t done_ = 0;  // bytes in lanes_, a multiple of 32
};

uint64_t xxh64(std::span<const std::byte> bytes, uint64_t seed = 0);

/// A hash as 16 lower-case hexadecimal digits.
std::string hex16(uint64_t value);

}  // namespace kinvec
