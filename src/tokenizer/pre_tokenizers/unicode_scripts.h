// UnicodeScripts: a word ends where the script changes. Hiragana and Katakana are Han here.
// Characters of no script, such as spaces, belong to the word before them; at the start of a text
// they are dropped.
#pragma once

#include "../../unicode/code_point_table.h"
#include "pre_tokenizer.h"

namespace kinvec {

class UnicodeScripts final : public PreTokenizer {
 public:
  UnicodeScripts();

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  CodePointTable scripts_;
};

}  // namespace kinvec
