// Text as a normalizer leaves it, with the way back to the source text.
// It records; which characters change is the normalizers' business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace kinvec {

/// Where a stretch of normalized bytes comes from. Source positions are UTF-16 units.
struct AlignmentRun {
  uint32_t begin;   // first normalized byte; the run ends where the next one begins
  uint32_t source;  // first source unit
  uint32_t length;  // 0: byte i of the run is unit source + i (ASCII); else every byte of the run
                    // stands for the units source to source + length
};

/// A buffer that is filled anew for each text and keeps its memory.
class NormalizedText {
 public:
  /// Bytes after the text that may be read, though not used: hashing loads eight at a time.
  static constexpr size_t kSlack = 8;

  std::string_view text() const { return {bytes_.get(), size_}; }

  /// Empties the text and answers room for `growth` times `size` bytes, to be filled from the
  /// start.
  char* clear(size_t size, size_t growth);
  /// Declares how many bytes have been filled.
  void set_size(size_t size) { size_ = size; }

  /// The runs in ascending order; every byte of the text lies in one.
  std::vector<AlignmentRun>& runs() { return runs_; }
  const std::vector<AlignmentRun>& runs() const { return runs_; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t capacity_ = 0;
  size_t size_ = 0;
  std::vector<AlignmentRun> runs_;
};

/// Finds source positions of normalized bytes. Positions that ascend cost no more than one walk
/// over the runs together.
class AlignmentCursor {
 public:
  explicit AlignmentCursor(const NormalizedText& text)
      : first_(text.runs().data()), last_(first_ + text.runs().size() - 1), at_(first_) {}

  /// First source unit of the character that normalized byte `position` belongs to. The text must
  /// not be empty.
  int32_t begin_of(uint32_t position) {
    const AlignmentRun& run = find(position);
    return static_cast<int32_t>(run.length != 0 ? run.source : run.source + position - run.begin);
  }

  /// Source unit after that character.
  int32_t end_of(uint32_t position) {
    const AlignmentRun& run = find(position);
    const uint32_t end =
        run.length != 0 ? run.source + run.length : run.source + position - run.begin + 1;
    return static_cast<int32_t>(end);
  }

 private:
  const AlignmentRun& find(uint32_t position) {
    while (at_ > first_ && at_->begin > position) --at_;
    while (at_ < last_ && at_[1].begin <= position) ++at_;
    return *at_;
  }

  const AlignmentRun* first_;
  const AlignmentRun* last_;
  const AlignmentRun* at_;
};

}  // namespace kinvec
