#include "training_corpus.h"

#include "../../unicode/utf8.h"

namespace kinvec {

void TrainingCorpus::add(std::string_view word, uint64_t count) {
  auto begin = static_cast<uint32_t>(text.size());
  const auto end_sentence = [&] {
    const auto end = static_cast<uint32_t>(text.size());
    sentences.push_back({{begin, end - begin}, static_cast<double>(count)});
    text.push_back(kBoundary);
    begin = end + 1;
  };
  const char* const end = word.data() + word.size();
  for (const char* at = word.data(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    at += character.length;
    text.push_back(character.code_point);
    if (text.size() - begin == kLongestSentence || at == end) end_sentence();
  }
}

}  // namespace kinvec
