#include "repeated_substrings.h"

#include <algorithm>

namespace kinvec {

RepeatedSubstrings::RepeatedSubstrings(const std::vector<char32_t>& text, uint32_t max_length)
    : text_(text), max_length_(max_length) {
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] != TrainingCorpus::kBoundary) suffixes_.push_back(i);
  }
  groups_.push_back({0, static_cast<uint32_t>(suffixes_.size()), 0, true});
}

bool RepeatedSubstrings::step(size_t work) {
  for (size_t done = 0; done < work;) {
    if (groups_.empty()) return false;
    const Group group = groups_.back();
    groups_.pop_back();
    done += group.end - group.begin;
    if (group.end - group.begin > 1) split(group);
  }
  return true;
}

/// The median of three, so that sorted texts are not split badly.
char32_t RepeatedSubstrings::median(const Group& group) const {
  const char32_t first = character(suffixes_[group.begin], group.depth);
  const char32_t middle =
      character(suffixes_[group.begin + (group.end - group.begin) / 2], group.depth);
  const char32_t last = character(suffixes_[group.end - 1], group.depth);
  return std::max(std::min(first, middle), std::min(std::max(first, middle), last));
}

void RepeatedSubstrings::split(const Group& group) {
  const char32_t pivot = median(group);
  uint32_t less = group.begin;   // suffixes below are less than the pivot
  uint32_t greater = group.end;  // suffixes from here on are greater
  for (uint32_t i = group.begin; i < greater;) {
    const char32_t c = character(suffixes_[i], group.depth);
    if (c < pivot) {
      std::swap(suffixes_[less++], suffixes_[i++]);
    } else if (c > pivot) {
      std::swap(suffixes_[i], suffixes_[--greater]);
    } else {
      ++i;
    }
  }
  const bool is_branching = less > group.begin || greater < group.end;
  if (group.is_whole && is_branching && group.depth >= 2) {
    found_.push_back({{suffixes_[group.begin], group.depth}, group.end - group.begin});
  }
  if (greater < group.end) groups_.push_back({greater, group.end, group.depth, false});
  // Nothing reaches across a boundary.
  if (pivot != TrainingCorpus::kBoundary && group.depth < max_length_) {
    groups_.push_back({less, greater, group.depth + 1, true});
  }
  if (less > group.begin) groups_.push_back({group.begin, less, group.depth, false});
}

}  // namespace kinvec
