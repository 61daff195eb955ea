// Split: words are what a pattern matches and what it leaves, as the behaviour says.
#pragma once

#include "../patterns/pattern.h"
#include "pre_tokenizer.h"
#include "split_behavior.h"

namespace kinvec {

class Split final : public PreTokenizer {
 public:
  Split(Pattern pattern, SplitBehavior behavior, bool invert)
      : pattern_(std::move(pattern)), behavior_(behavior), invert_(invert) {}

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  Pattern pattern_;
  SplitBehavior behavior_;
  bool invert_;
};

/// Cuts the words of `text` by a pattern. `spare` as in PreTokenizer.
void split_words(const Pattern& pattern, SplitBehavior behavior, bool invert,
                 PreTokenizedText& text, PreTokenizedText& spare);

}  // namespace kinvec
