// BertNormalizer: cleaning, spacing of ideographs, accent stripping and lower case in one pass.
// Its four steps and their order are those of the reference; see bert_normalizer.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "normalizer.h"

namespace kinvec {

struct BertNormalizerOptions {
  bool clean_text = true;            // drop control characters, make white space plain spaces
  bool handle_chinese_chars = true;  // put spaces around CJK ideographs, so that each is a word
  bool strip_accents = true;         // decompose (NFD), then drop nonspacing marks
  bool lowercase = true;             // full mapping, locale-independent
};

class BertNormalizer final : public Normalizer {
 public:
  explicit BertNormalizer(BertNormalizerOptions options = {});

  static std::unique_ptr<Normalizer> read(const StageFields& fields);

  void normalize(NormalizedText& text, NormalizedText& spare) const override;

 private:
  BertNormalizerOptions options_;
  std::array<uint8_t, 256> ascii_;  // what becomes of each byte: itself, its lower case, or >= 0x80
};

}  // namespace kinvec
