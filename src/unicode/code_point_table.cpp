#include "code_point_table.h"

#include "code_point_runs.h"

namespace kinvec {

void CodePointTable::set(char32_t c, uint8_t value) {
  uint16_t& page = page_of_block_[c >> kPageBits];
  if (page == 0) {
    page = static_cast<uint16_t>(pages_.size() >> kPageBits);
    pages_.resize(pages_.size() + kPageSize);
  }
  pages_[(static_cast<size_t>(page) << kPageBits) + (c & (kPageSize - 1))] = value;
}

void CodePointTable::set_runs(std::span<const uint8_t> packed) {
  CodePointRuns runs(packed);
  for (CodePointRun run; runs.next(run);) {
    if (run.value != 0) set(run.first, run.count, run.value);
  }
}

}  // namespace kinvec
