#include "byte_decoders.h"

#include <string_view>
#include <utility>

#include "../../unicode/utf8.h"
#include "../byte_alphabet.h"

namespace kinvec {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_in(uint8_t byte, uint8_t first, uint8_t last) { return byte >= first && byte <= last; }

/// Bytes of the longest beginning of a character at `at` that is well-formed so far (a "maximal
/// subpart" of the Unicode Standard, section 3.9); at least 1.
size_t malformed_length(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> uint8_t {
    return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) : 0;
  };
  const uint8_t lead = byte(0);
  if (!is_in(lead, 0xE0, 0xF4)) return 1;
  const bool second = lead == 0xE0   ? is_in(byte(1), 0xA0, 0xBF)
                      : lead == 0xED ? is_in(byte(1), 0x80, 0x9F)
                      : lead == 0xF0 ? is_in(byte(1), 0x90, 0xBF)
                      : lead == 0xF4 ? is_in(byte(1), 0x80, 0x8F)
                                     : is_in(byte(1), 0x80, 0xBF);
  if (!second) return 1;
  return lead >= 0xF0 && is_in(byte(2), 0x80, 0xBF) ? 3 : 2;
}

/// The bytes as text; each maximal subpart that is ill-formed becomes U+FFFD.
std::string lossy_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (size_t at = 0; at < bytes.size();) {
    const Utf8Character character = decode_utf8(bytes.data() + at, bytes.data() + bytes.size());
    if (character.length == 1 && static_cast<uint8_t>(bytes[at]) >= 0x80) {
      text += kReplacement;
      at += malformed_length(bytes, at);
    } else {
      text += bytes.substr(at, character.length);
      at += character.length;
    }
  }
  return text;
}

class ByteLevelDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::string bytes;
    for (const std::string& token : tokens) {
      const size_t before = bytes.size();
      const char* const end = token.data() + token.size();
      for (const char* at = token.data(); at < end;) {
        const Utf8Character character = decode_utf8(at, end);
        const int byte = byte_of_character(character.code_point);
        if (byte < 0) {
          bytes.resize(before);
          bytes += token;
          break;
        }
        bytes += static_cast<char>(byte);
        at += character.length;
      }
    }
    tokens.assign(1, lossy_text(bytes));
  }
};

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The byte of a token <0xHH>, or -1. The reference reads a number, so "+H" is one as well.
int byte_of_token(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>') return -1;
  const int high = token[3] == '+' ? 0 : digit_of(token[3]);
  const int low = digit_of(token[4]);
  return high < 0 || low < 0 ? -1 : 16 * high + low;
}

class ByteFallbackDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::vector<std::string> decoded;
    std::string bytes;
    const auto flush = [&] {
      if (bytes.empty()) return;
      if (is_well_formed_utf8(bytes)) {
        decoded.push_back(bytes);
      } else {
        decoded.insert(decoded.end(), bytes.size(), std::string(kReplacement));
      }
      bytes.clear();
    };
    for (std::string& token : tokens) {
      if (const int byte = byte_of_token(token); byte >= 0) {
        bytes += static_cast<char>(byte);
        continue;
      }
      flush();
      decoded.push_back(std::move(token));
    }
    flush();
    tokens = std::move(decoded);
  }
};

}  // namespace

// The decoder shares its type with the pre-tokenizer, whose parameters say nothing here.
std::unique_ptr<Decoder> read_byte_level_decoder(const StageFields& /*fields*/) {
  return std::make_unique<ByteLevelDecoder>();
}

std::unique_ptr<Decoder> read_byte_fallback_decoder(const StageFields& /*fields*/) {
  return std::make_unique<ByteFallbackDecoder>();
}

}  // namespace kinvec
