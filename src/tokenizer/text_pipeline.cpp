#include "text_pipeline.h"

#include "stage_list.h"

namespace kinvec {

Result<TextPipeline> TextPipeline::read(const Gguf& gguf) {
  auto normalizers = read_stages(gguf, "normalizers", read_normalizer);
  if (!normalizers) return normalizers.error();
  auto pre_tokenizers = read_stages(gguf, "pre_tokenizers", read_pre_tokenizer);
  if (!pre_tokenizers) return pre_tokenizers.error();
  return TextPipeline(std::move(*normalizers), std::move(*pre_tokenizers));
}

uint32_t TextPipeline::normalize(std::string_view utf8, uint32_t source,
                                 TextScratch& scratch) const {
  NormalizedText& text = scratch.current.text;
  const uint32_t end = text.assign(utf8, source);
  for (const auto& normalizer : normalizers_) {
    if (text.empty()) break;
    normalizer->normalize(text, scratch.spare.text);
  }
  return end;
}

void TextPipeline::pre_tokenize(TextScratch& scratch) const {
  PreTokenizedText& current = scratch.current;
  current.words.clear();
  if (current.text.empty()) return;
  current.words.push_back({0, static_cast<uint32_t>(current.text.text().size())});
  for (const auto& pre_tokenizer : pre_tokenizers_) {
    pre_tokenizer->pre_tokenize(current, scratch.spare);
  }
}

}  // namespace kinvec
