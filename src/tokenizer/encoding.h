// What a tokenizer gives for a text or a pair of texts, and the options of one call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinvec {

/// Tokens and what is known of each; the lists are parallel.
struct Tokens {
  std::vector<int32_t> ids;      // [n]
  std::vector<int32_t> offsets;  // [2 * n] begin and end of each token in UTF-16 units of its text;
                                 // 0, 0 for the special tokens that are put around the texts
  std::vector<int32_t>
      word_ids;  // [n] running number of the token's word in its text; -1 for those
  std::vector<int32_t> type_ids;             // [n] which text, as the model was trained to be told
  std::vector<uint8_t> special_tokens_mask;  // [n] 1 for the tokens put around the texts

  size_t size() const { return ids.size(); }
  /// All numbers of tokens that this adds are 0.
  void resize(size_t n);
};

/// Reused for many texts, its lists keep their memory.
struct Encoding : Tokens {
  size_t n_tokens_full = 0;      // tokens before truncation, special ones included
  std::vector<Tokens> overflow;  // what truncation has left out, in parts of the same length

  bool truncated() const { return n_tokens_full > ids.size(); }
};

/// Which text of a pair loses tokens.
enum class TruncationStrategy : uint8_t { kLongestFirst, kOnlyFirst, kOnlySecond };
enum class TruncationSide : uint8_t { kRight, kLeft };

struct EncodeOptions {
  bool add_special_tokens = true;
  /// Most tokens to give, special ones included. Special tokens are never cut, so a limit below
  /// their number gives them alone.
  size_t max_tokens = SIZE_MAX;
  TruncationStrategy strategy = TruncationStrategy::kLongestFirst;
  TruncationSide side = TruncationSide::kRight;
  size_t stride = 0;      // tokens that a part of the overflow has in common with the one before
  bool overflow = false;  // give the parts left out as well
};

}  // namespace kinvec
