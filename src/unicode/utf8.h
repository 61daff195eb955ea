// UTF-8 decoding and encoding of single characters, safe on any bytes.
// It must not know any property of a character.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kinvec {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct Utf8Character {
  char32_t code_point;
  uint32_t length;  // bytes read, 1 to 4

  /// UTF-16 code units of the character: what JavaScript counts strings in.
  uint32_t utf16_length() const { return code_point > 0xFFFF ? 2 : 1; }
};

/// The character at `at`, which must be below `end`. A byte that starts no well-formed sequence
/// (overlong, surrogate, above U+10FFFF, cut off) is one U+FFFD of length 1.
inline Utf8Character decode_utf8(const char* at, const char* end) {
  const auto byte = [at](int i) { return static_cast<uint8_t>(at[i]); };
  const auto continues = [&](int i) { return (byte(i) & 0xC0) == 0x80; };
  const uint32_t lead = byte(0);
  const ptrdiff_t available = end - at;
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) {
    if (lead >= 0xC2 && available >= 2 && continues(1)) {
      return {(lead & 0x1F) << 6 | (byte(1) & 0x3Fu), 2};
    }
  } else if (lead < 0xF0) {
    if (available >= 3 && continues(1) && continues(2)) {
      const char32_t c = (lead & 0x0F) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
      if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return {c, 3};
    }
  } else if (available >= 4 && continues(1) && continues(2) && continues(3)) {
    const char32_t c =
        (lead & 0x0F) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
    if (c >= 0x10000 && c <= 0x10FFFF) return {c, 4};
  }
  return {kReplacementCharacter, 1};
}

/// First byte at or after `at` that is not ASCII.
inline const char* skip_ascii(const char* at, const char* end) {
  constexpr uint64_t kNotAscii = 0x8080808080808080u;
  for (; end - at >= 8; at += 8) {
    uint64_t chunk;
    std::memcpy(&chunk, at, sizeof(chunk));
    if ((chunk & kNotAscii) != 0) break;
  }
  while (at < end && static_cast<uint8_t>(*at) < 0x80) ++at;
  return at;
}

inline bool is_well_formed_utf8(std::string_view text) {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    if (character.code_point == kReplacementCharacter && character.length == 1) return false;
    at += character.length;
  }
  return true;
}

/// Writes the 1 to 4 bytes of a code point and answers the place after them.
inline char* encode_utf8(char32_t c, char* out) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | c >> 12);
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | c >> 18);
    *out++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

/// True for a byte inside a character, false for one that starts a character.
inline bool is_utf8_continuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace kinvec
