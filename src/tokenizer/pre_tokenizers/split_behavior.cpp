#include "split_behavior.h"

namespace kinvec {

void PieceCollector::add_by_behavior(uint32_t begin, uint32_t end, bool is_match) {
  bool belongs = false;  // to the open word
  switch (behavior_) {
    case SplitBehavior::kRemoved:
      if (!is_match) emit(begin, end);
      return;
    case SplitBehavior::kIsolated:
      return emit(begin, end);
    case SplitBehavior::kMergedWithPrevious:
      belongs = is_match && !previous_is_match_;
      break;
    case SplitBehavior::kMergedWithNext:
      belongs = !is_match && previous_is_match_;
      break;
    case SplitBehavior::kContiguous:
      belongs = is_match == previous_is_match_;
      break;
  }
  previous_is_match_ = is_match;
  if (has_open_ && belongs) {
    open_.end = end;
    return;
  }
  if (has_open_) emit(open_.begin, open_.end);
  open_ = {begin, end};
  has_open_ = true;
}

}  // namespace kinvec
