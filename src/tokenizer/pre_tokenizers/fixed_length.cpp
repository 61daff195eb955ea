#include "fixed_length.h"

#include <utility>

#include "../../unicode/utf8.h"

namespace kinvec {

void FixedLength::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  const std::string_view bytes = text.text.text();
  spare.words.clear();
  for (const Word word : text.words) {
    uint32_t begin = word.begin;
    uint64_t count = 0;  // characters since then
    for (uint32_t at = word.begin; at < word.end; ++at) {
      if (is_utf8_continuation(bytes[at])) continue;
      if (count == length_) {
        spare.words.push_back({begin, at});
        begin = at;
        count = 0;
      }
      ++count;
    }
    spare.words.push_back({begin, word.end});
  }
  std::swap(text.words, spare.words);
}

}  // namespace kinvec
