#include "truncation.h"

#include <algorithm>

namespace kinvec {

void cut_sequence(size_t n, size_t length, const EncodeOptions& options,
                  std::vector<TokenRange>& parts) {
  parts.clear();
  if (length >= n) {
    parts.push_back({0, n});
    return;
  }
  if (length == 0) {
    parts.push_back({0, 0});
    if (options.overflow) parts.push_back({0, n});
    return;
  }
  const size_t step = length - options.stride;
  if (options.side == TruncationSide::kRight) {
    for (size_t begin = 0;; begin += step) {
      const size_t end = std::min(begin + length, n);
      parts.push_back({begin, end});
      if (end == n || !options.overflow) return;
    }
  }
  for (size_t end = n;; end -= step) {
    const size_t begin = end > length ? end - length : 0;
    parts.push_back({begin, end});
    if (begin == 0 || !options.overflow) return;
  }
}

Result<SequenceLengths> truncated_lengths(size_t first, size_t second, bool is_pair, size_t limit,
                                          TruncationStrategy strategy) {
  if (first + second <= limit) return SequenceLengths{first, second};
  if (limit == 0) return SequenceLengths{0, 0};
  const size_t excess = first + second - limit;
  switch (strategy) {
    case TruncationStrategy::kLongestFirst: {
      // The longer text gives its excess; once both are equally long, each gives half.
      if (!is_pair) return SequenceLengths{limit, 0};
      const size_t shorter = std::min(first, second);
      if (shorter <= limit - std::min(shorter, limit)) {
        const size_t longer = limit - shorter;
        return first <= second ? SequenceLengths{shorter, longer}
                               : SequenceLengths{longer, shorter};
      }
      const size_t half = limit / 2;
      return first <= second ? SequenceLengths{half, limit - half}
                             : SequenceLengths{limit - half, half};
    }
    case TruncationStrategy::kOnlyFirst:
      if (first > excess) return SequenceLengths{first - excess, second};
      break;
    case TruncationStrategy::kOnlySecond:
      if (!is_pair) {
        return Error{ErrorCode::kInvalidArgument, "truncation \"only_second\" needs a second text",
                     -1};
      }
      if (second > excess) return SequenceLengths{first, second - excess};
      break;
  }
  return Error{ErrorCode::kTextTooLong,
               "the text that may be cut is too short to bring the pair down to the limit", -1};
}

}  // namespace kinvec
