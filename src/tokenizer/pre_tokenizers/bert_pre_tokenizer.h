// BertPreTokenizer: words are what white space and punctuation leave; each punctuation character
// is a word of its own. It sees normalized text only and changes none of it.
#pragma once

#include "pre_tokenizer.h"

namespace kinvec {

class BertPreTokenizer final : public PreTokenizer {
 public:
  BertPreTokenizer();

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  ByteKinds byte_kinds_;
};

}  // namespace kinvec
