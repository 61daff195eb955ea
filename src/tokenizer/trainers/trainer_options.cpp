#include "trainer_options.h"

#include <string_view>

#include "../../unicode/utf8.h"
#include "../models/vocabulary.h"

namespace kinvec {
namespace {

Error invalid(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message)}; }

Result<void> check_range(std::string_view name, size_t value, size_t least, size_t most) {
  if (value >= least && value <= most) return {};
  return invalid(std::string(name) + " is " + std::to_string(value) + "; it must be from " +
                 std::to_string(least) + " to " + std::to_string(most));
}

Result<void> check_text(std::string_view name, std::string_view text) {
  if (is_well_formed_utf8(text)) return {};
  return invalid(std::string(name) + " is not well-formed UTF-8");
}

/// What all trainers have in common.
Result<void> check_vocabulary(size_t vocab_size, const std::vector<std::string>& special_tokens) {
  if (auto ok = check_range("vocab_size", vocab_size, 1, Vocabulary::kMaxTokens); !ok) return ok;
  if (auto ok = check_range("the number of special tokens", special_tokens.size(), 0,
                            Vocabulary::kMaxTokens);
      !ok) {
    return ok;
  }
  for (const std::string& token : special_tokens) {
    if (token.empty()) return invalid("a special token is empty");
    if (auto ok = check_text("a special token", token); !ok) return ok;
  }
  return {};
}

Result<void> check_special_tokens_fit(size_t vocab_size, size_t n_special_tokens) {
  if (n_special_tokens <= vocab_size) return {};
  return invalid("vocab_size is " + std::to_string(vocab_size) + ", less than the " +
                 std::to_string(n_special_tokens) + " special tokens");
}

}  // namespace

Result<void> check(const BpeTrainerOptions& options) {
  if (auto ok = check_vocabulary(options.vocab_size, options.special_tokens); !ok) return ok;
  if (auto ok = check_text("initial_alphabet", options.initial_alphabet); !ok) return ok;
  if (auto ok = check_text("continuing_subword_prefix", options.continuing_subword_prefix); !ok) {
    return ok;
  }
  return check_text("end_of_word_suffix", options.end_of_word_suffix);
}

Result<void> check(const WordLevelTrainerOptions& options) {
  if (auto ok = check_vocabulary(options.vocab_size, options.special_tokens); !ok) return ok;
  return check_special_tokens_fit(options.vocab_size, options.special_tokens.size());
}

Result<void> check(const UnigramTrainerOptions& options) {
  constexpr size_t kLongestPiece = 256;
  constexpr size_t kMostSeeds = size_t{1} << 26;
  if (auto ok = check_vocabulary(options.vocab_size, options.special_tokens); !ok) return ok;
  const size_t n_unknown = options.unk_token ? 1 : 0;
  if (auto ok =
          check_special_tokens_fit(options.vocab_size, options.special_tokens.size() + n_unknown);
      !ok) {
    return ok;
  }
  if (auto ok = check_text("initial_alphabet", options.initial_alphabet); !ok) return ok;
  if (options.unk_token) {
    if (options.unk_token->empty()) return invalid("unk_token is empty");
    if (auto ok = check_text("unk_token", *options.unk_token); !ok) return ok;
  }
  // So written that NaN is refused.
  if (!(options.shrinking_factor >= 0.01 && options.shrinking_factor <= 0.99)) {
    return invalid("shrinking_factor must be from 0.01 to 0.99");
  }
  if (auto ok = check_range("n_sub_iterations", options.n_sub_iterations, 1, 100); !ok) return ok;
  if (auto ok = check_range("max_piece_length", options.max_piece_length, 1, kLongestPiece); !ok) {
    return ok;
  }
  return check_range("seed_size", options.seed_size, 1, kMostSeeds);
}

}  // namespace kinvec
