// Finds out what the engine's dot product does, by running the real kernel on known numbers.
#pragma once

#include <optional>

#include "activation_rows.h"
#include "panels.h"

namespace kinvec {

/// The mode in which this build's int8 kernel gives exact integers on this engine, or nothing when
/// it gives none (the relaxed dot saturates, wraps or is wrong): then this build must not be used.
/// Covers every tile height and the extremes of both operands, of weights up to `weight_limit`.
/// Engines may change their answer when they move a function to optimised code, so the loader asks
/// again after a warm-up.
std::optional<DotMode> probe_dot(int weight_limit = kInt8Limit);

}  // namespace kinvec
