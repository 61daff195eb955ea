// BertPreTokenizer: words are what white space and punctuation leave; each punctuation character
// is a word of its own. It sees normalized text only and changes none of it.
#pragma once

#include <cstdint>
#include <string_view>

namespace kinvec {

/// A stretch of bytes of the text.
struct Word {
  uint32_t begin;
  uint32_t end;
};

/// Walks over the words of a text: `while (words.next(word)) ...`
class BertWords {
 public:
  explicit BertWords(std::string_view text) : text_(text) {}

  /// False at the end of the text.
  bool next(Word& word);

 private:
  std::string_view text_;
  uint32_t at_ = 0;
};

}  // namespace kinvec
