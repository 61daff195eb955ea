// Truncation: which tokens of one or two texts stay, and which parts are left over.
#pragma once

#include <cstddef>
#include <vector>

#include "../../error.h"
#include "../encoding.h"
#include "../token_sequence.h"

namespace kinvec {

/// The parts of a sequence of `n` tokens cut to `length`: first the one that stays, then the rest
/// in parts of the same length, each with `stride` tokens of the one before. Without overflow, the
/// first alone. `stride` must be below `length`, unless that is 0.
void cut_sequence(size_t n, size_t length, const EncodeOptions& options,
                  std::vector<TokenRange>& parts);

/// How long the texts of `first` and `second` tokens may be to be no more than `limit` together.
struct SequenceLengths {
  size_t first;
  size_t second;
};

/// TEXT_TOO_LONG where the one text that may lose tokens has too few to lose; INVALID_ARGUMENT
/// where the strategy names a second text and there is none.
Result<SequenceLengths> truncated_lengths(size_t first, size_t second, bool is_pair, size_t limit,
                                          TruncationStrategy strategy);

}  // namespace kinvec
