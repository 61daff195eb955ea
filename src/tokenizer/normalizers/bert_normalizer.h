// BertNormalizer: cleaning, spacing of ideographs, accent stripping and lower case in one pass.
// Its four steps and their order are those of the reference; see bert_normalizer.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "../unicode/decomposition.h"
#include "normalized_text.h"

namespace kinvec {

struct BertNormalizerOptions {
  bool clean_text = true;            // drop control characters, make white space plain spaces
  bool handle_chinese_chars = true;  // put spaces around CJK ideographs, so that each is a word
  bool strip_accents = true;         // decompose (NFD), then drop nonspacing marks
  bool lowercase = true;             // full mapping, locale-independent
};

/// Source units of one character.
struct SourceSpan {
  uint32_t begin;
  uint32_t length;
};

/// Working memory of accent stripping: the marks since the last starter.
struct MarkRun {
  std::vector<CombiningMark> marks;
  std::vector<SourceSpan> spans;  // of the characters among them, in source order
};

class BertNormalizer {
 public:
  explicit BertNormalizer(BertNormalizerOptions options = {});

  /// Replaces `out` by the normalized form of `text`, whose first character stands at UTF-16 unit
  /// `source` of the whole source. Answers the unit after its last character.
  uint32_t normalize(std::string_view text, uint32_t source, MarkRun& marks,
                     NormalizedText& out) const;

 private:
  BertNormalizerOptions options_;
  std::array<uint8_t, 256> ascii_;  // what becomes of each byte: itself, its lower case, or >= 0x80
};

}  // namespace kinvec
