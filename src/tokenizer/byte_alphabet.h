// The byte-level alphabet: a visible character for each byte, so that a vocabulary of byte strings
// can be written as text. Bytes that are printable in Latin-1 stand for themselves, the others for
// U+0100 onwards in ascending order (Radford et al., "Language Models are Unsupervised Multitask
// Learners", 2019).
#pragma once

#include <array>
#include <cstdint>

namespace kinvec {

/// [256] the character of each byte; all are below U+0144.
inline constexpr std::array<char16_t, 256> kByteCharacters = [] {
  std::array<char16_t, 256> characters{};
  char16_t next = 0x100;
  for (int byte = 0; byte < 256; ++byte) {
    const bool visible = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
    characters[byte] = visible ? static_cast<char16_t>(byte) : next++;
  }
  return characters;
}();

/// The byte of a character, or -1 if it belongs to none.
constexpr int byte_of_character(char32_t c) {
  // The characters from U+0100 on stand for the bytes that are not visible, in order.
  if (c < 0x100) return kByteCharacters[c] == c ? static_cast<int>(c) : -1;
  const char32_t rank = c - 0x100;
  if (rank < 0x21) return static_cast<int>(rank);                       // 00 to 20
  if (rank < 0x21 + 0x22) return static_cast<int>(rank + 0x7F - 0x21);  // 7F to A0
  return rank == 0x43 ? 0xAD : -1;
}

static_assert([] {
  for (int byte = 0; byte < 256; ++byte) {
    if (byte_of_character(kByteCharacters[byte]) != byte) return false;
  }
  return true;
}());

}  // namespace kinvec
