// Pre-tokenizers that look at one character at a time: each character either is a delimiter or not.
#pragma once

#include "pre_tokenizer.h"

namespace kinvec {

/// WhitespaceSplit: words are what white space leaves.
Result<std::unique_ptr<PreTokenizer>> read_whitespace_split(const StageFields& fields);

/// Punctuation: `behavior` says what becomes of punctuation characters; isolated without it.
Result<std::unique_ptr<PreTokenizer>> read_punctuation(const StageFields& fields);

/// Digits: numeric characters are words of their own, each by itself (`individual_digits`) or a run
/// of them together.
Result<std::unique_ptr<PreTokenizer>> read_digits(const StageFields& fields);

/// CharDelimiterSplit: words are what the character `delimiter` leaves.
Result<std::unique_ptr<PreTokenizer>> read_char_delimiter_split(const StageFields& fields);

}  // namespace kinvec
