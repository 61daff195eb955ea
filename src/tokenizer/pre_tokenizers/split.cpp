#include "split.h"

#include <utility>

namespace kinvec {

void split_words(const Pattern& pattern, SplitBehavior behavior, bool invert,
                 PreTokenizedText& text, PreTokenizedText& spare) {
  spare.words.clear();
  PieceCollector pieces(behavior, invert, spare.words);
  const std::string_view bytes = text.text.text();
  const auto place = [&bytes](const char* at) { return static_cast<uint32_t>(at - bytes.data()); };
  PatternSearch search(pattern);
  for (const Word word : text.words) {
    search.start(bytes.substr(word.begin, word.end - word.begin));
    uint32_t rest = word.begin;  // where what no match has taken begins
    while (search.next()) {
      const uint32_t begin = place(search.match_begin());
      if (rest < begin) pieces.add(rest, begin, false);
      rest = place(search.match_end());
      pieces.add(begin, rest, true);
    }
    if (rest < word.end) pieces.add(rest, word.end, false);
    pieces.finish_word();
  }
  std::swap(text.words, spare.words);
}

void Split::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  split_words(pattern_, behavior_, invert_, text, spare);
}

}  // namespace kinvec
