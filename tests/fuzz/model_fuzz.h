// What the fuzz target of model files does with an input.
#pragma once

#include <cstdint>
#include <span>

namespace kinvec::fuzz {

/// Reads the bytes as a model file; if it is one, embeds texts with it, at both precisions. Aborts
/// where the answers contradict each other.
void load_model(std::span<const uint8_t> input);

}  // namespace kinvec::fuzz
