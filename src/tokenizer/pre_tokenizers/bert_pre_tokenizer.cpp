#include "bert_pre_tokenizer.h"

#include <utility>

#include "../../unicode/character.h"
#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

enum Kind : uint8_t { kInWord, kSpace, kPunctuationMark, kNotAscii };

Kind kind_of(char32_t c) {
  if (is_white_space(c)) return kSpace;
  return is_punctuation(c) ? kPunctuationMark : kInWord;
}

/// Appends the words of bytes [begin, end) of a text.
void find_words(const ByteKinds& byte_kinds, std::string_view text, Word range,
                std::vector<Word>& words) {
  const char* const begin = text.data();
  const char* const end = begin + range.end;
  const char* at = begin + range.begin;
  const char* word = nullptr;  // start of the open word
  const auto place = [begin](const char* p) { return static_cast<uint32_t>(p - begin); };
  while (at < end) {
    auto kind = static_cast<Kind>(byte_kinds[static_cast<uint8_t>(*at)]);
    uint32_t length = 1;
    if (kind == kNotAscii) {
      const Utf8Character character = decode_utf8(at, end);
      length = character.length;
      kind = kind_of(character.code_point);
    }
    if (kind == kInWord) {
      if (word == nullptr) word = at;
    } else {
      if (word != nullptr) words.push_back({place(word), place(at)});
      word = nullptr;
      if (kind == kPunctuationMark) words.push_back({place(at), place(at + length)});
    }
    at += length;
  }
  if (word != nullptr) words.push_back({place(word), range.end});
}

}  // namespace

BertPreTokenizer::BertPreTokenizer() {
  byte_kinds_.fill(kNotAscii);
  for (char32_t c = 0; c < 0x80; ++c) byte_kinds_[c] = kind_of(c);
}

void BertPreTokenizer::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  spare.words.clear();
  for (const Word word : text.words) find_words(byte_kinds_, text.text.text(), word, spare.words);
  std::swap(text.words, spare.words);
}

}  // namespace kinvec
