// Text as the stages leave it, with the way back to the source text.
// It records; which characters change is the stages' business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "../unicode/utf8.h"

namespace kinvec {

/// Units of the source text, in UTF-16. Never empty.
struct SourceSpan {
  uint32_t begin;
  uint32_t length;
};

/// Where a stretch of bytes comes from. Source positions are UTF-16 units.
struct AlignmentRun {
  uint32_t begin;   // first byte; the run ends where the next one begins
  uint32_t source;  // first source unit
  uint32_t length;  // 0: byte i of the run is unit source + i (ASCII); else every byte of the run
                    // stands for the units source to source + length
};

class AlignmentCursor;

/// A buffer that is filled anew for each text and keeps its memory. Its text is well-formed UTF-8.
class NormalizedText {
 public:
  /// Bytes after the text that may be read, though not used: hashing loads eight at a time.
  static constexpr size_t kSlack = 8;

  std::string_view text() const { return {bytes_.get(), size_}; }
  bool empty() const { return size_ == 0; }

  /// The text, for a stage that changes characters into others of the same length.
  char* bytes() { return bytes_.get(); }

  /// The runs in ascending order; every byte of the text lies in one.
  std::vector<AlignmentRun>& runs() { return runs_; }
  const std::vector<AlignmentRun>& runs() const { return runs_; }

  /// Takes over `utf8` as it is, its first character at UTF-16 unit `source` of the whole source;
  /// each ill-formed byte becomes U+FFFD, one unit long. Answers the unit after its last character.
  uint32_t assign(std::string_view utf8, uint32_t source);

  /// Empties the text; memory is kept.
  void clear() {
    size_ = 0;
    runs_.clear();
  }

  /// Appends one character that stands for `span`.
  void append(char32_t c, SourceSpan span) {
    reserve(4);
    char* const at = bytes_.get() + size_;
    const auto count = static_cast<size_t>(encode_utf8(c, at) - at);
    align(count, span);
    size_ += count;
  }

  /// Appends whole characters, each of which stands for `span`.
  void append(std::string_view bytes, SourceSpan span);

  /// Appends bytes [begin, end) of another text, whole characters, with their alignment. `cursor`
  /// belongs to that text; ascending calls cost one walk over its runs together.
  void append(const NormalizedText& from, uint32_t begin, uint32_t end, AlignmentCursor& cursor);

  /// For a stage that writes by itself: empties the text and answers room for `growth` times `size`
  /// bytes, to be filled from the start along with runs().
  char* clear(size_t size, size_t growth);
  /// Declares how many bytes such a stage has written.
  void set_size(size_t size) { size_ = size; }

 private:
  void reserve(size_t more) {
    if (capacity_ - size_ < more + kSlack) grow(more);
  }
  void grow(size_t more);

  /// Records that the next `count` bytes stand for `span`.
  void align(size_t count, SourceSpan span) {
    const auto at = static_cast<uint32_t>(size_);
    const bool single = count == 1 && span.length == 1;
    if (!runs_.empty()) {
      const AlignmentRun& last = runs_.back();
      if (last.length == 0 ? single && last.source + (at - last.begin) == span.begin
                           : last.source == span.begin && last.length == span.length) {
        return;
      }
    }
    runs_.push_back({at, span.begin, single ? 0 : span.length});
  }

  /// Records that each of the next bytes stands for one unit, from `source` on. Only a run of that
  /// kind can go on with them: in another one they would all stand for its first unit.
  void align_each(uint32_t source) {
    const auto at = static_cast<uint32_t>(size_);
    if (!runs_.empty() && runs_.back().length == 0 &&
        runs_.back().source + (at - runs_.back().begin) == source) {
      return;
    }
    runs_.push_back({at, source, 0});
  }

  std::unique_ptr<char[]> bytes_;
  size_t capacity_ = 0;
  size_t size_ = 0;
  std::vector<AlignmentRun> runs_;
};

/// Finds source positions of bytes. Positions that ascend cost no more than one walk over the runs
/// together. The text must not be empty, and must not change while the cursor is in use.
class AlignmentCursor {
 public:
  explicit AlignmentCursor(const NormalizedText& text)
      : first_(text.runs().data()), last_(first_ + text.runs().size() - 1), at_(first_) {}

  /// Source of the character that byte `position` belongs to.
  SourceSpan span_of(uint32_t position) {
    const AlignmentRun& run = find(position);
    if (run.length != 0) return {run.source, run.length};
    return {run.source + position - run.begin, 1};
  }

  /// First source unit of that character.
  int32_t begin_of(uint32_t position) { return static_cast<int32_t>(span_of(position).begin); }

  /// Source unit after it.
  int32_t end_of(uint32_t position) {
    const SourceSpan span = span_of(position);
    return static_cast<int32_t>(span.begin + span.length);
  }

 private:
  friend class NormalizedText;
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
