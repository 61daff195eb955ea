#include "character_lookup.h"

#include <algorithm>
#include <cstring>

#include "code_point_runs.h"

namespace kinvec {
namespace {

/// Fills a table in ascending order of code points.
class TwoStageWriter {
 public:
  template <uint32_t kPageCount>
  explicit TwoStageWriter(TwoStageTable<kPageCount>& table)
      : page_of_block_(table.page_of_block), pages_(table.pages[0]) {}

  void append(uint32_t count, uint8_t value) {
    while (count > 0) {
      const uint32_t here = std::min(count, kLookupPageSize - filled_);
      std::memset(page_ + filled_, value, here);
      count -= here;
      filled_ += here;
      if (filled_ == kLookupPageSize) finish_page();
    }
  }

 private:
  uint8_t* page(uint32_t number) { return pages_ + static_cast<size_t>(number) * kLookupPageSize; }

  bool is_kept_as(uint32_t number) {
    return std::memcmp(page(number), page_, kLookupPageSize) == 0;
  }

  /// Long runs make many equal pages one after another, so the page before is compared first.
  void finish_page() {
    if (page_count_ == 0 || !is_kept_as(last_)) {
      last_ = 0;
      while (last_ < page_count_ && !is_kept_as(last_)) ++last_;
    }
    if (last_ == page_count_) std::memcpy(page(page_count_++), page_, kLookupPageSize);
    *page_of_block_++ = static_cast<uint8_t>(last_);
    filled_ = 0;
  }

  uint8_t* page_of_block_;  // of the block that is next
  uint8_t* pages_;
  uint32_t page_count_ = 0;
  uint32_t last_ = 0;  // page of the block before

  uint8_t page_[kLookupPageSize];  // of the next block, as far as it is filled
  uint32_t filled_ = 0;
};

}  // namespace

const CharacterLookup kCharacterLookup;

CharacterLookup::CharacterLookup() {
  TwoStageWriter category_writer(categories);
  TwoStageWriter class_writer(classes);
  CodePointRuns runs(kCharacterClassRuns);
  for (CodePointRun run; runs.next(run);) {
    category_writer.append(run.count, static_cast<uint8_t>(run.category));
    class_writer.append(run.count, run.value);
  }
}

}  // namespace kinvec
