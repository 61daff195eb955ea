#include "concat.h"

namespace kinvec {

TextPart::TextPart(std::string_view text) : text_(text) {}
TextPart::TextPart(const std::string& text) : text_(text) {}
TextPart::TextPart(const char* text) : text_(text) {}

TextPart::TextPart(uint64_t bits, bool is_signed)
    : magnitude_(bits),
      is_number_(true),
      is_negative_(is_signed && static_cast<int64_t>(bits) < 0) {
  if (is_negative_) magnitude_ = 0 - bits;
}

void TextPart::append_to(std::string& out) const {
  if (!is_number_) {
    out.append(text_);
    return;
  }
  char digits[20];  // of any 64-bit number
  char* const end = digits + sizeof(digits);
  char* begin = end;
  uint64_t rest = magnitude_;
  do {
    *--begin = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (is_negative_) out.push_back('-');
  out.append(begin, end);
}

std::string concat(std::initializer_list<TextPart> parts) {
  std::string text;
  for (const TextPart& part : parts) part.append_to(text);
  return text;
}

}  // namespace kinvec
