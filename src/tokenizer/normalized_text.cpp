#include "normalized_text.h"

#include <algorithm>
#include <cstring>

namespace kinvec {

char* NormalizedText::clear(size_t capacity) {
  runs_.clear();
  size_ = 0;
  if (capacity + kSlack > capacity_) {
    capacity_ = std::max(capacity + kSlack, 2 * capacity_);
    bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
    std::memset(bytes_.get(), 0, kSlack);
  }
  return bytes_.get();
}

}  // namespace kinvec
