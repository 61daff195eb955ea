// Whitespace: words are runs of word characters, and runs of what is neither that nor white space.
#pragma once

#include "pre_tokenizer.h"

namespace kinvec {

class Whitespace final : public PreTokenizer {
 public:
  Whitespace();

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  ByteKinds byte_kinds_;
};

}  // namespace kinvec
