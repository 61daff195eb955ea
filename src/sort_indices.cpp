#include "sort_indices.h"

#include <algorithm>
#include <numeric>

namespace kinvec {

std::vector<uint32_t> sorted_indices(size_t count, const void* context, IndexLess less) {
  std::vector<uint32_t> indices(count);
  std::iota(indices.begin(), indices.end(), uint32_t{0});
  const auto before = [context, less](uint32_t a, uint32_t b) {
    if (less(context, a, b)) return true;
    return !less(context, b, a) && a < b;
  };
  std::make_heap(indices.begin(), indices.end(), before);
  std::sort_heap(indices.begin(), indices.end(), before);
  return indices;
}

}  // namespace kinvec
