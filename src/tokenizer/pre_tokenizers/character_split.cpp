#include "character_split.h"

#include <utility>

#include "../../unicode/character.h"
#include "../../unicode/general_category.h"
#include "../../unicode/utf8.h"

namespace kinvec {

bool is_white_space_delimiter(char32_t c, char32_t) { return is_white_space(c); }

bool is_punctuation_delimiter(char32_t c, char32_t) { return is_punctuation(c); }

bool is_numeric_delimiter(char32_t c, char32_t) {
  return is_in(c, kNumbers) || is_in(c, kNewNumbers);
}

bool is_chosen_delimiter(char32_t c, char32_t chosen) { return c == chosen; }

CharacterSplit::CharacterSplit(IsDelimiter is_delimiter, SplitBehavior behavior, char32_t chosen)
    : is_delimiter_(is_delimiter), behavior_(behavior), chosen_(chosen) {
  for (char32_t c = 0; c < 0x80; ++c) ascii_delimiters_[c] = is_delimiter(c, chosen);
}

void CharacterSplit::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  spare.words.clear();
  PieceCollector pieces(behavior_, false, spare.words);
  for (const Word word : text.words) split(text.text.text(), word, pieces);
  std::swap(text.words, spare.words);
}

void CharacterSplit::split(std::string_view text, Word word, PieceCollector& pieces) const {
  const char* const end = text.data() + word.end;
  uint32_t rest = word.begin;  // where the piece that is no delimiter begins
  for (uint32_t at = word.begin; at < word.end;) {
    const auto byte = static_cast<uint8_t>(text[at]);
    uint32_t length = 1;
    bool found = ascii_delimiters_[byte];
    if (byte >= 0x80) {
      const Utf8Character character = decode_utf8(text.data() + at, end);
      length = character.length;
      found = is_delimiter_(character.code_point, chosen_);
    }
    if (found) {
      if (rest < at) pieces.add(rest, at, false);
      pieces.add(at, at + length, true);
      rest = at + length;
    }
    at += length;
  }
  if (rest < word.end) pieces.add(rest, word.end, false);
  pieces.finish_word();
}

}  // namespace kinvec
