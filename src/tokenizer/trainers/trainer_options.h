// Options of the trainers. Names and default values are the reference's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "../../error.h"

namespace kinvec {

struct BpeTrainerOptions {
  /// Merging ends at this number of tokens; special tokens and alphabet stay even if they are more.
  size_t vocab_size = 30000;
  uint64_t min_frequency = 0;               // a pair must occur as often to be merged
  std::vector<std::string> special_tokens;  // get the first ids
  std::optional<size_t> limit_alphabet;     // most characters to keep: the most frequent
  std::string initial_alphabet;             // characters to have even if no text has them
  std::string continuing_subword_prefix;    // of tokens inside a word
  std::string end_of_word_suffix;           // of tokens at the end of a word
  std::optional<size_t> max_token_length;   // merged tokens of three characters and more are
                                            // shorter than this
};

/// WordPiece is trained as BPE with a prefix.
struct WordPieceTrainerOptions : BpeTrainerOptions {
  WordPieceTrainerOptions() { continuing_subword_prefix = "##"; }
};

struct WordLevelTrainerOptions {
  size_t vocab_size = 30000;
  uint64_t min_frequency = 0;               // a word must occur as often
  std::vector<std::string> special_tokens;  // get the first ids
};

struct UnigramTrainerOptions {
  size_t vocab_size = 8000;
  std::vector<std::string> special_tokens;  // get the first ids
  std::string initial_alphabet;             // characters to have even if no text has them
  double shrinking_factor = 0.75;           // part of the pieces that a pruning leaves
  uint32_t n_sub_iterations = 2;            // rounds of expectation and maximization between them
  size_t max_piece_length = 16;             // in characters
  size_t seed_size = 1000000;               // most pieces to begin with
  std::optional<std::string> unk_token;     // gets id 0 if it is not a special token
};

using TrainerOptions = std::variant<BpeTrainerOptions, WordPieceTrainerOptions,
                                    WordLevelTrainerOptions, UnigramTrainerOptions>;

// INVALID_ARGUMENT for values that no training can have been meant to get.
Result<void> check(const BpeTrainerOptions& options);
Result<void> check(const WordLevelTrainerOptions& options);
Result<void> check(const UnigramTrainerOptions& options);
inline Result<void> check(const TrainerOptions& options) {
  return std::visit([](const auto& any) -> Result<void> { return check(any); }, options);
}

}  // namespace kinvec
