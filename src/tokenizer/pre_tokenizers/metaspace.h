// Metaspace: spaces become a visible character, with which words begin, after SentencePiece (Kudo
// and Richardson, 2018).
#pragma once

#include <string>

#include "pre_tokenizer.h"

namespace kinvec {

class Metaspace final : public PreTokenizer {
 public:
  /// Which texts get the character in front: all, those at the start of the source, or none. A text
  /// that begins with it already never does.
  enum class PrependScheme : uint8_t { kAlways, kFirst, kNever };

  Metaspace(char32_t replacement, PrependScheme scheme, bool splits);

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override;

 private:
  std::string replacement_;  // one character
  PrependScheme scheme_;
  bool splits_;
};

}  // namespace kinvec
