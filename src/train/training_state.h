// What a training is at between two steps, as plain bytes: they can be put away, and taken up again
// by a trainer that was made from the same texts with the same options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../xxh64.h"

namespace kinvec {

/// In pieces, which are the trainer's own memory.
using TrainingState = std::vector<std::span<std::byte>>;

template <class T>
std::span<std::byte> state_of(T& value) {
  return std::as_writable_bytes(std::span(&value, 1));
}

inline uint64_t hash_of(const TrainingState& state) {
  uint64_t hash = 0;
  for (const std::span<std::byte> piece : state) hash = xxh64(piece, hash);
  return hash;
}

}  // namespace kinvec
