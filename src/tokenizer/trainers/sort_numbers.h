// The one fast sort of the trainers: what they sort often or at length is packed into numbers, as
// each instance of std::sort costs kilobytes of WebAssembly. For the rest there is sorted_indices.
#pragma once

#include <cstdint>
#include <vector>

namespace kinvec {

/// Sorts in ascending order.
void sort_numbers(std::vector<uint64_t>& numbers);

}  // namespace kinvec
