// Texts and whole numbers end to end, in one call: a chain of + makes, and clears away, a string
// for every step, which adds up where there are many messages and names.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kinvec {

/// A text, which must outlive it, or a whole number. None of it is inline: it is used in many
/// places, and in none that matter for speed.
class TextPart {
 public:
  TextPart(std::string_view text);
  TextPart(const std::string& text);
  TextPart(const char* text);
  template <std::unsigned_integral Number>
  TextPart(Number number) : TextPart(static_cast<uint64_t>(number), false) {}
  template <std::signed_integral Number>
  TextPart(Number number) : TextPart(static_cast<uint64_t>(static_cast<int64_t>(number)), true) {}

  void append_to(std::string& out) const;

 private:
  TextPart(uint64_t bits, bool is_signed);

  std::string_view text_;
  uint64_t magnitude_ = 0;
  bool is_number_ = false;
  bool is_negative_ = false;
};

std::string concat(std::initializer_list<TextPart> parts);

}  // namespace kinvec
