// What the fuzz target of graphs does with an input.
#pragma once

#include <cstdint>
#include <span>

namespace kinvec::fuzz {

/// Restores the bytes as links of a graph over known vectors, of which the first six tell how many,
/// and the graph's options; if they are one, searches it, changes it and saves it. Aborts where the
/// answers contradict each other.
void restore_graph(std::span<const uint8_t> input);

}  // namespace kinvec::fuzz
