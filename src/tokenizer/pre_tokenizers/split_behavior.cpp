#include "split_behavior.h"

namespace kinvec {

Result<SplitBehavior> read_split_behavior(const StageFields& fields, std::string_view name,
                                          std::string_view fallback) {
  struct Spelling {
    std::string_view name;
    SplitBehavior behavior;
  };
  static constexpr Spelling kSpellings[] = {
      {"Removed", SplitBehavior::kRemoved},
      {"Isolated", SplitBehavior::kIsolated},
      {"MergedWithPrevious", SplitBehavior::kMergedWithPrevious},
      {"MergedWithNext", SplitBehavior::kMergedWithNext},
      {"Contiguous", SplitBehavior::kContiguous},
  };
  const auto spelled =
      fallback.empty() ? fields.get_string(name) : fields.get_string(name, fallback);
  if (!spelled) return spelled.error();
  for (const Spelling& spelling : kSpellings) {
    if (spelling.name == *spelled) return spelling.behavior;
  }
  return fields.unsupported("has the behavior \"" + std::string(*spelled) +
                            "\", which is not supported");
}

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
