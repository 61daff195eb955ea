// XXH64, the checksum over a model's tensor bytes. Algorithm: xxHash specification, version 0.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace kinvec {

uint64_t xxh64(std::span<const std::byte> bytes, uint64_t seed = 0);

/// A hash as 16 lower-case hexadecimal digits.
std::string hex16(uint64_t value);

}  // namespace kinvec
