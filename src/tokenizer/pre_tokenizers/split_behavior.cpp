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

}  // namespace kinvec
