#include "whitespace.h"

#include <utility>

#include "../../unicode/character.h"
#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

enum Kind : uint8_t { kSpace, kWordCharacter, kOther, kNotAscii };

Kind kind_of(char32_t c) {
  if (is_white_space(c)) return kSpace;
  return is_word_character(c) ? kWordCharacter : kOther;
}

/// Appends the words of bytes [begin, end) of a text: runs of one kind, but white space.
void find_words(const ByteKinds& byte_kinds, std::string_view text, Word range,
                std::vector<Word>& words) {
  const char* const end = text.data() + range.end;
  Kind open = kSpace;  // kind of the characters from `begin` on
  uint32_t begin = range.begin;
  for (uint32_t at = range.begin; at < range.end;) {
    auto kind = static_cast<Kind>(byte_kinds[static_cast<uint8_t>(text[at])]);
    uint32_t length = 1;
    if (kind == kNotAscii) {
      const Utf8Character character = decode_utf8(text.data() + at, end);
      length = character.length;
      kind = kind_of(character.code_point);
    }
    if (kind != open) {
      if (open != kSpace) words.push_back({begin, at});
      open = kind;
      begin = at;
    }
    at += length;
  }
  if (open != kSpace) words.push_back({begin, range.end});
}

}  // namespace

Whitespace::Whitespace() {
  byte_kinds_.fill(kNotAscii);
  for (char32_t c = 0; c < 0x80; ++c) byte_kinds_[c] = kind_of(c);
}

void Whitespace::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  spare.words.clear();
  for (const Word word : text.words) find_words(byte_kinds_, text.text.text(), word, spare.words);
  std::swap(text.words, spare.words);
}

}  // namespace kinvec
