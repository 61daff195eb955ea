#include "normalized_text.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace kinvec {

char* NormalizedText::clear(size_t size, size_t growth) {
  runs_.clear();
  size_ = 0;
  // What no address space holds must fail to allocate, not wrap around.
  const size_t limit = std::numeric_limits<size_t>::max();
  const size_t needed = size > (limit - kSlack) / growth ? limit : size * growth + kSlack;
  if (needed > capacity_) {
    capacity_ = std::max(needed, 2 * capacity_);
    bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
    std::memset(bytes_.get(), 0, kSlack);
  }
  return bytes_.get();
}

}  // namespace kinvec
