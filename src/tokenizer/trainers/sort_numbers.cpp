#include "sort_numbers.h"

#include <algorithm>

namespace kinvec {

void sort_numbers(std::vector<uint64_t>& numbers) { std::sort(numbers.begin(), numbers.end()); }

}  // namespace kinvec
