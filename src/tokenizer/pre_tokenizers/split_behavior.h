// What becomes of the matches of a pattern that a text is split by, in the words of tokenizer.json.
#pragma once

#include <vector>

#include "pre_tokenizer.h"

namespace kinvec {

enum class SplitBehavior : uint8_t {
  kRemoved,             // "the-final--countdown" at "-": the final countdown
  kIsolated,            // the - final - - countdown
  kMergedWithPrevious,  // the- final- - countdown
  kMergedWithNext,      // the -final - -countdown
  kContiguous,          // the - final -- countdown
};

/// Makes words of pieces. The pieces of one word come in order and cover it: matches and, between
/// them, what did not match. A piece may be empty, which no word ever is.
class PieceCollector {
 public:
  /// Appends to `words`. With `invert`, matches and the rest change places.
  PieceCollector(SplitBehavior behavior, bool invert, std::vector<Word>& words)
      : behavior_(behavior), invert_(invert), words_(words) {}

  void add(uint32_t begin, uint32_t end, bool is_match) {
    if (behavior_ == SplitBehavior::kIsolated) return emit(begin, end);
    add_by_behavior(begin, end, is_match != invert_);
  }

  /// Ends the pieces of one word.
  void finish_word() {
    if (has_open_) emit(open_.begin, open_.end);
    has_open_ = false;
    previous_is_match_ = false;
  }

 private:
  void emit(uint32_t begin, uint32_t end) {
    if (begin < end) words_.push_back({begin, end});
  }

  void add_by_behavior(uint32_t begin, uint32_t end, bool is_match);

  SplitBehavior behavior_;
  bool invert_;
  std::vector<Word>& words_;
  Word open_{};
  bool has_open_ = false;
  bool previous_is_match_ = false;
};

}  // namespace kinvec
