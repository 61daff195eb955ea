// UnicodeScripts: a word ends where the script changes. Characters of no script, such as spaces,
// belong to the word before them; at the start of a text they are dropped.
#pragma once

#include "pre_tokenizer.h"

namespace kinvec {

class UnicodeScripts final : public PreTokenizer {
 public:
  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;
};

}  // namespace kinvec
