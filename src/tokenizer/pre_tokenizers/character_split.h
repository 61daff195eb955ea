// WhitespaceSplit, Punctuation, Digits and CharDelimiterSplit: pre-tokenizers that look at one
// character at a time, which either is a delimiter or not.
#pragma once

#include <array>

#include "pre_tokenizer.h"
#include "split_behavior.h"

namespace kinvec {

/// Whether a character is a delimiter; `chosen` is the one that a file names, if it names one.
using IsDelimiter = bool (*)(char32_t c, char32_t chosen);

bool is_white_space_delimiter(char32_t c, char32_t chosen);
bool is_punctuation_delimiter(char32_t c, char32_t chosen);
bool is_numeric_delimiter(char32_t c, char32_t chosen);
bool is_chosen_delimiter(char32_t c, char32_t chosen);

class CharacterSplit final : public PreTokenizer {
 public:
  CharacterSplit(IsDelimiter is_delimiter, SplitBehavior behavior, char32_t chosen = 0);

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  void split(std::string_view text, Word word, PieceCollector& pieces) const;

  IsDelimiter is_delimiter_;
  SplitBehavior behavior_;
  char32_t chosen_;
  std::array<bool, 256> ascii_delimiters_{};  // [byte]
};

}  // namespace kinvec
