// FixedLength: words of `length` characters each, the last of a stretch with what is left.
#pragma once

#include "pre_tokenizer.h"

namespace kinvec {

class FixedLength final : public PreTokenizer {
 public:
  explicit FixedLength(uint64_t length) : length_(length) {}

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  uint64_t length_;  // 1 or more
};

}  // namespace kinvec
