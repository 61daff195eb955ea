#include "split.h"

#include <utility>

namespace kinvec {
namespace {

Result<Pattern> read_pattern(const StageFields& fields) {
  const StageFields pattern = fields.child("pattern");
  if (pattern.has("String")) {
    const auto text = pattern.get_string("String");
    if (!text) return text.error();
    return Pattern::literal(*text);
  }
  const auto expression = pattern.get_string("Regex");
  if (!expression) return expression.error();
  auto regex = Pattern::regex(*expression);
  if (regex) return std::move(*regex);
  return fields.unsupported("splits by the regular expression " + std::string(*expression) +
                            ", which is not supported");
}

}  // namespace

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

Result<std::unique_ptr<PreTokenizer>> Split::read(const StageFields& fields) {
  if (auto known = fields.allow_only({"pattern", "behavior", "invert"}); !known) {
    return known.error();
  }
  auto pattern = read_pattern(fields);
  if (!pattern) return pattern.error();
  const auto behavior = read_split_behavior(fields, "behavior");
  if (!behavior) return behavior.error();
  const auto invert = fields.get_bool("invert");
  if (!invert) return invert.error();
  return std::unique_ptr<PreTokenizer>(
      std::make_unique<Split>(std::move(*pattern), *behavior, *invert));
}

void Split::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  split_words(pattern_, behavior_, invert_, text, spare);
}

}  // namespace kinvec
