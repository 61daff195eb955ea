#include "bert_pre_tokenizer.h"

#include <array>

#include "../unicode/character.h"
#include "../unicode/utf8.h"

namespace kinvec {
namespace {

enum Kind : uint8_t { kInWord, kSpace, kPunctuationMark, kNotAscii };

constexpr Kind kind_of(char32_t c) {
  if (is_white_space(c)) return kSpace;
  return is_punctuation(c) ? kPunctuationMark : kInWord;
}

constexpr std::array<Kind, 256> kByteKinds = [] {
  std::array<Kind, 256> kinds{};
  kinds.fill(kNotAscii);
  for (char32_t c = 0; c < 0x80; ++c) kinds[c] = kind_of(c);
  return kinds;
}();

}  // namespace

bool BertWords::next(Word& word) {
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  const char* at = begin + at_;
  const char* word_begin = nullptr;
  for (uint32_t length = 1; at < end; at += length) {
    Kind kind = kByteKinds[static_cast<uint8_t>(*at)];
    length = 1;
    if (kind == kNotAscii) {
      const Utf8Character character = decode_utf8(at, end);
      length = character.length;
      kind = kind_of(character.code_point);
    }
    if (kind == kInWord) {
      if (word_begin == nullptr) word_begin = at;
      continue;
    }
    if (word_begin != nullptr) break;
    if (kind == kPunctuationMark) {
      word_begin = at;
      at += length;
      break;
    }
  }
  at_ = static_cast<uint32_t>(at - begin);
  if (word_begin == nullptr) return false;
  word = {static_cast<uint32_t>(word_begin - begin), at_};
  return true;
}

}  // namespace kinvec
