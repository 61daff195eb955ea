// What the fuzz target of index rows does with an input.
#pragma once

#include <cstdint>
#include <span>

namespace kinvec::fuzz {

/// Restores the bytes as rows of an index, of which the first four tell the form; if they are some,
/// searches, saves and removes them. Aborts where the answers contradict each other.
void restore_index(std::span<const uint8_t> input);

}  // namespace kinvec::fuzz
