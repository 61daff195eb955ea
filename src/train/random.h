// Numbers that look random: SplitMix64 (Steele, Lea and Flood, 2014), the same for the same seed on
// every machine.
#pragma once

#include <cstdint>

namespace kinvec {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
  }

  uint32_t next_u32() { return static_cast<uint32_t>(next() >> 32); }

  /// An integer from 0 to limit - 1.
  uint32_t below(uint32_t limit) {
    return static_cast<uint32_t>((uint64_t{next_u32()} * limit) >> 32);
  }

  /// A number from -1 up to 1.
  float next_signed() {
    constexpr float kStep = 1.0F / (1 << 23);
    return static_cast<float>(static_cast<int32_t>(next() >> 40) - (1 << 23)) * kStep;
  }

 private:
  uint64_t state_;
};

}  // namespace kinvec
