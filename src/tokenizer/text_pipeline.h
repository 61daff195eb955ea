// From text to words: a tokenizer's normalizers and pre-tokenizers, one after the other.
// Trainers count its words; a tokenizer feeds them to its model.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "normalizers/normalizer.h"
#include "pre_tokenizers/pre_tokenizer.h"

namespace kinvec {

/// Working memory of a pipeline. It holds nothing between texts but its capacity.
struct TextScratch {
  PreTokenizedText current;
  PreTokenizedText spare;
};

class TextPipeline {
 public:
  TextPipeline() = default;
  TextPipeline(std::vector<std::unique_ptr<Normalizer>> normalizers,
               std::vector<std::unique_ptr<PreTokenizer>> pre_tokenizers)
      : normalizers_(std::move(normalizers)), pre_tokenizers_(std::move(pre_tokenizers)) {}

  /// Reads kinvec.tokenizer.normalizers and .pre_tokenizers.
  static Result<TextPipeline> read(const Gguf& gguf);

  /// Normalizes a text, whose first character stands at UTF-16 unit `source` of the whole source,
  /// into scratch.current.text. Any bytes are safe: each one that is not well-formed UTF-8 is read
  /// as U+FFFD. Answers the unit after the text.
  uint32_t normalize(std::string_view utf8, uint32_t source, TextScratch& scratch) const;

  /// Cuts scratch.current.text into words, which are scratch.current.words afterwards; stages may
  /// rewrite the text as well.
  void pre_tokenize(TextScratch& scratch) const;

 private:
  std::vector<std::unique_ptr<Normalizer>> normalizers_;
  std::vector<std::unique_ptr<PreTokenizer>> pre_tokenizers_;
};

}  // namespace kinvec
