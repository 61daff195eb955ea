// ByteLevel: each byte of UTF-8 becomes a visible character; before that, the text is cut into
// words as for GPT-2 (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019).
#pragma once

#include <optional>

#include "../patterns/pattern.h"
#include "pre_tokenizer.h"

namespace kinvec {

class ByteLevel final : public PreTokenizer {
 public:
  /// With `adds_prefix_space`, each text that does not begin with a space gets one.
  ByteLevel(bool adds_prefix_space, bool splits);

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  bool adds_prefix_space_;
  std::optional<Pattern> pattern_;  // of words, if the text is to be cut
};

}  // namespace kinvec
