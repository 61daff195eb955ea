// Second family of stages: a pre-tokenizer cuts the text into words, which no token crosses. Each
// is named as in tokenizer.json.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "../../error.h"
#include "../normalized_text.h"
#include "../stage_fields.h"

namespace kinvec {

/// A stretch of bytes of the text.
struct Word {
  uint32_t begin;
  uint32_t end;
};

/// A text and its words: ascending, none empty, none overlapping another. Bytes outside of words
/// are gone for the later stages.
struct PreTokenizedText {
  NormalizedText text;
  std::vector<Word> words;
};

/// What a pre-tokenizer takes each byte for: the kind of an ASCII character, or that it is none.
/// Filled on construction, as properties of characters are no constants.
using ByteKinds = std::array<uint8_t, 256>;

class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;

  /// Cuts each word of `text` into words, and may rewrite their bytes. `spare` is a buffer to write
  /// into and swap with (its text, its words, or both); its content is of no interest before and
  /// after.
  virtual void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const = 0;
};

/// Makes the pre-tokenizer that `fields` describe. Errors as read_stage's.
std::unique_ptr<PreTokenizer> read_pre_tokenizer(const StageFields& fields);

}  // namespace kinvec
