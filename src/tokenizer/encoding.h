// What a tokenizer gives for one text, and the options of one call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "added_tokens.h"
#include "bert_normalizer.h"
#include "normalized_text.h"
#include "wordpiece.h"

namespace kinvec {

/// Working memory of the stages. It holds nothing between calls but its capacity.
struct TokenizerScratch {
  NormalizedText normalized;
  MarkRun marks;
  std::vector<Fragment> fragments;             // of the raw text
  std::vector<Fragment> normalized_fragments;  // of one normalized fragment
  std::vector<Piece> pieces;                   // of one word
};

/// The tokens of one text. Reused for many texts, its vectors keep their memory.
struct Encoding {
  std::vector<int32_t> ids;      // [n]
  std::vector<int32_t> offsets;  // [2 * n] begin and end of each token in UTF-16 units of the text;
                                 // 0, 0 for the special tokens that the tokenizer puts around it
  size_t n_tokens_full = 0;      // tokens before truncation, special ones included

  bool truncated() const { return n_tokens_full > ids.size(); }

  TokenizerScratch scratch;
};

struct EncodeOptions {
  bool add_special_tokens = true;
  /// Most tokens to give, special ones included; the text is cut at its end. Special tokens are
  /// never cut, so a limit below their number gives them alone.
  size_t max_tokens = SIZE_MAX;
};

}  // namespace kinvec
