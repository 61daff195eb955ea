#include "packed_reader.h"

#include <algorithm>
#include <array>

namespace kinvec {
namespace {

/// How far a chance moves towards the bit read, of 1 << 16: a lot at first, later as slowly as is
/// good for tables in which neighbours are alike.
constexpr std::array<uint16_t, 16> kRates = [] {
  std::array<uint16_t, 16> rates{};
  for (uint32_t seen = 0; seen < rates.size(); ++seen) {
    rates[seen] = static_cast<uint16_t>((2u << 16) / (2 * seen + 3));
  }
  return rates;
}();

}  // namespace

PackedReader::PackedReader(std::span<const uint8_t> packed)
    : at_(packed.data()), end_(at_ + packed.size()) {
  for (int i = 0; i < 4; ++i) place_ = place_ << 8 | next_byte();
}

bool PackedReader::read_bit(AdaptiveBit& chance) {
  uint32_t zero = (1u << 15) + chance.lean;
  const uint32_t bound = (range_ >> 16) * zero;
  const uint32_t rate = kRates[chance.seen];
  const bool bit = place_ >= bound;
  if (bit) {
    place_ -= bound;
    range_ -= bound;
    zero -= zero * rate >> 16;
  } else {
    range_ = bound;
    zero += ((1u << 16) - zero) * rate >> 16;
  }
  chance.lean = static_cast<int16_t>(zero - (1u << 15));
  if (chance.seen + 1 < kRates.size()) ++chance.seen;
  for (; range_ < 1u << 24; range_ <<= 8) place_ = place_ << 8 | next_byte();
  return bit;
}

uint32_t PackedReader::read_even_bits(int count) {
  uint32_t value = 0;
  for (int i = 0; i < count; ++i) {
    AdaptiveBit even;
    value = value << 1 | static_cast<uint32_t>(read_bit(even));
  }
  return value;
}

uint32_t PackedReader::read_tree(AdaptiveBit* nodes, int bits) {
  uint32_t node = 1;
  for (int i = 0; i < bits; ++i) node = node << 1 | static_cast<uint32_t>(read_bit(nodes[node]));
  return node - (1u << bits);
}

uint32_t PackedReader::read_number(AdaptiveNumber& model) {
  uint32_t length = 0;
  while (read_bit(model.longer[length])) ++length;
  AdaptiveBit* const nodes = model.digits[std::min(length, AdaptiveNumber::kLengths - 1)];
  uint32_t value = 1;
  for (; length > 0; --length) {
    AdaptiveBit even;
    AdaptiveBit& chance = value < AdaptiveNumber::kNodes ? nodes[value] : even;
    value = value << 1 | static_cast<uint32_t>(read_bit(chance));
  }
  return value - 1;
}

}  // namespace kinvec
