#include "xxh64.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace kinvec {

namespace {

constexpr uint64_t kPrime1 = 0x9E3779B185EBCA87ULL;
constexpr uint64_t kPrime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr uint64_t kPrime3 = 0x165667B19E3779F9ULL;
constexpr uint64_t kPrime4 = 0x85EBCA77C2B2AE63ULL;
constexpr uint64_t kPrime5 = 0x27D4EB2F165667C5ULL;

template <class T>
T read(const std::byte* p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

uint64_t round(uint64_t lane, uint64_t input) {
  return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

uint64_t merge(uint64_t hash, uint64_t lane) { return (hash ^ round(0, lane)) * kPrime1 + kPrime4; }

// Whole 32-byte stripes. Called per megabyte, so that engines can move to optimised code meanwhile.
[[gnu::noinline]] void consume(const std::byte* p, size_t stripes, uint64_t lanes[4]) {
  for (size_t i = 0; i < stripes; ++i, p += 32) {
    for (int l = 0; l < 4; ++l) lanes[l] = round(lanes[l], read<uint64_t>(p + 8 * l));
  }
}

}  // namespace

Xxh64::Xxh64(uint64_t seed)
    : seed_(seed), lanes_{seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1} {}

void Xxh64::advance(std::span<const std::byte> block) {
  constexpr size_t kStripes = (1U << 20) / 32;
  while (block.size() - done_ >= 32) {
    const size_t stripes = std::min(kStripes, (block.size() - done_) / 32);
    consume(block.data() + done_, stripes, lanes_);
    done_ += stripes * 32;
  }
}

uint64_t Xxh64::finish(std::span<const std::byte> block) {
  advance(block);
  uint64_t hash = seed_ + kPrime5;
  if (block.size() >= 32) {
    hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) +
           std::rotl(lanes_[3], 18);
    for (const uint64_t lane : lanes_) hash = merge(hash, lane);
  }
  hash += block.size();
  const std::byte* p = block.data() + done_;
  size_t left = block.size() - done_;
  for (; left >= 8; p += 8, left -= 8) {
    hash = std::rotl(hash ^ round(0, read<uint64_t>(p)), 27) * kPrime1 + kPrime4;
  }
  for (; left >= 4; p += 4, left -= 4) {
    hash = std::rotl(hash ^ (read<uint32_t>(p) * kPrime1), 23) * kPrime2 + kPrime3;
  }
  for (; left > 0; ++p, --left) {
    hash = std::rotl(hash ^ (std::to_integer<uint64_t>(*p) * kPrime5), 11) * kPrime1;
  }
  hash = (hash ^ (hash >> 33)) * kPrime2;
  hash = (hash ^ (hash >> 29)) * kPrime3;
  return hash ^ (hash >> 32);
}

uint64_t xxh64(std::span<const std::byte> bytes, uint64_t seed) {
  return Xxh64(seed).finish(bytes);
}

std::string hex16(uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (size_t i = 16; i-- > 0; value >>= 4) text[i] = kDigits[value & 15U];
  return text;
}

}  // namespace kinvec
