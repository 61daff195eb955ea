#include "graph_links.h"

namespace kinvec {

bool GraphLinks::reserve(size_t rows, size_t upper_lists) {
  if (heads_.reserve(rows) && ground_.reserve(rows) && upper_.reserve(upper_lists)) return true;
  shrink();
  return false;
}

void GraphLinks::shrink() {
  heads_.shrink(size_);
  ground_.shrink(size_);
  upper_.shrink(upper_size_);
}

void GraphLinks::push_back(size_t level) {
  head(size_) = {static_cast<uint32_t>(upper_size_), static_cast<uint32_t>(level)};
  upper_size_ += level;
  ++size_;
  for (size_t l = 0; l <= level; ++l) links(size_ - 1, l).clear();
}

}  // namespace kinvec
