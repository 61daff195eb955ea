#include "code_point_runs.h"

namespace kinvec {

bool CategoryRuns::next(GeneralCategory& category, uint32_t& count) {
  if (left_ == 0) return false;
  previous_ = static_cast<uint8_t>(reader_.read_tree(following_[previous_]));
  category = static_cast<GeneralCategory>(previous_);
  count = reader_.read_number(length_[previous_]) + 1;
  left_ -= count;
  return true;
}

bool CodePointRuns::next(CodePointRun& run) {
  if (left_ == 0) {
    if (!categories_.next(category_, left_)) return false;
    opens_ = true;
  }
  const int category = static_cast<int>(category_);
  const uint8_t value = read_value(category, opens_);
  uint32_t count = left_;
  if (left_ > 1 && reader_.read_bit(ends_[category][opens_])) {
    count = reader_.read_number(length_) + 1;
  }
  run = {first_, count, category_, value};
  first_ += count;
  left_ -= count;
  opens_ = false;
  before_ = previous_;
  previous_ = usual_[category] = value;
  return true;
}

/// A value is most often that of the run before, or the latest one in the category; where it cannot
/// be that, since the category goes on, it is often the one before.
uint8_t CodePointRuns::read_value(int category, bool opens) {
  if (opens) {
    const uint8_t usual = usual_[category];
    const bool differs = usual != previous_;
    if (!reader_.read_bit(changes_[category][differs])) return previous_;
    if (differs && !reader_.read_bit(unusual_[category])) return usual;
  } else if (!reader_.read_bit(other_[category])) {
    return before_;
  }
  return static_cast<uint8_t>(reader_.read_tree(value_));
}

std::vector<char32_t> code_points_in(std::span<const uint8_t> packed) {
  std::vector<char32_t> code_points;
  CodePointRuns runs(packed);
  for (CodePointRun run; runs.next(run);) {
    for (uint32_t i = 0; run.value != 0 && i < run.count; ++i) code_points.push_back(run.first + i);
  }
  return code_points;
}

}  // namespace kinvec
