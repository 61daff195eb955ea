// Sorting by index: one compiled function for every order. Each instance of std::sort over records
// is several kilobytes of WebAssembly; loading sorts too little to be worth that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinvec {

/// Whether item `a` comes before item `b` of the items behind `context`.
using IndexLess = bool (*)(const void* context, uint32_t a, uint32_t b);

/// The indices 0 to `count` - 1 in ascending order; of equal items the lower index comes first.
std::vector<uint32_t> sorted_indices(size_t count, const void* context, IndexLess less);

/// The same with any callable.
template <class Less>
std::vector<uint32_t> sorted_indices(size_t count, const Less& less) {
  return sorted_indices(count, &less, [](const void* context, uint32_t a, uint32_t b) {
    return (*static_cast<const Less*>(context))(a, b);
  });
}

}  // namespace kinvec
