// The part of the texts that one of several trainers has.
#pragma once

#include <cstdint>

namespace kinvec {

/// One trainer has all. A trainer whose index is the count has none, and only sees the words.
struct TrainingShare {
  uint32_t index = 0;
  uint32_t count = 1;
};

}  // namespace kinvec
