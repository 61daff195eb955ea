// From token vectors to one vector.
#pragma once

#include <cstddef>

#include "config.h"

namespace kinvec {

/// Pools rows [n, width] into out [width]: their mean, the first, or the last. No rows give zeros.
void pool(Pooling pooling, const float* rows, size_t n, size_t width, float* out);

}  // namespace kinvec
