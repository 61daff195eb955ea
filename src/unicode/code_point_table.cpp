#include "code_point_table.h"

namespace kinvec {

void CodePointTable::set(char32_t c, uint8_t value) {
  uint16_t& page = page_of_block_[c >> kPageBits];
  if (page == 0) {
    page = static_cast<uint16_t>(pages_.size() >> kPageBits);
    pages_.resize(pages_.size() + kPageSize);
  }
  pages_[(static_cast<size_t>(page) << kPageBits) + (c & (kPageSize - 1))] = value;
}

uint32_t CodePointRuns::read_number() {
  uint32_t number = 0;
  for (int shift = 0;; shift += 7) {
    const uint8_t byte = *at_++;
    number |= static_cast<uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
}

bool CodePointRuns::next(CodePointRun& run) {
  if (at_ == end_) return false;
  run.first = next_first_ + read_number();
  run.count = read_number() + 1;
  run.value = *at_++;
  next_first_ = run.first + run.count;
  return true;
}

}  // namespace kinvec
