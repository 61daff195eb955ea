#include "lowercase.h"

#include <cstring>

#include "../../unicode/character.h"
#include "../../unicode/utf8.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

char* lowercase_ascii(char* at, const char* end) {
  const char* const stop = skip_ascii(at, end);
  for (; at < stop; ++at) {
    const auto letter = static_cast<uint8_t>(*at - 'A');
    *at = static_cast<char>(*at + (letter < 26 ? 'a' - 'A' : 0));
  }
  return at;
}

class Lowercase final : public Normalizer {
 public:
  /// Nearly every lower case is as long as its character, so that alignment stays as it is.
  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    char* const begin = text.bytes();
    const char* const end = begin + text.text().size();
    for (char* at = begin; at < end;) {
      at = lowercase_ascii(at, end);
      if (at == end) return;
      const Utf8Character character = decode_utf8(at, end);
      const CharacterClass& properties = character_class(character.code_point);
      if (properties.lowercase_delta != 0) {
        char lower[4];
        const auto length = static_cast<uint32_t>(
            encode_utf8(character.code_point + properties.lowercase_delta, lower) - lower);
        if (length != character.length) return rewrite(text, spare, at - begin);
        std::memcpy(at, lower, length);
      } else if ((properties.flags & CharacterClass::kLowercaseExpands) != 0) {
        return rewrite(text, spare, at - begin);
      }
      at += character.length;
    }
  }

 private:
  static void rewrite(NormalizedText& text, NormalizedText& spare, size_t from) {
    const std::string_view bytes = text.text();
    const char* const end = bytes.data() + bytes.size();
    TextRewriter rewriter(text, spare);
    const char* at = bytes.data() + from;
    while (at < end) {
      const Utf8Character character = decode_utf8(at, end);
      const CharacterClass& properties = character_class(character.code_point);
      if ((properties.flags & CharacterClass::kLowercaseExpands) != 0) {
        rewriter.keep_until(static_cast<uint32_t>(at - bytes.data()));
        rewriter.replace(kExpandedLowercase[0]);
        rewriter.insert(kExpandedLowercase[1]);
      } else if (properties.lowercase_delta != 0) {
        rewriter.keep_until(static_cast<uint32_t>(at - bytes.data()));
        rewriter.replace(character.code_point + properties.lowercase_delta);
      }
      at += character.length;
    }
    rewriter.keep_until(static_cast<uint32_t>(bytes.size()));
    rewriter.finish();
  }
};

}  // namespace

std::unique_ptr<Normalizer> read_lowercase(const StageFields& /*fields*/) {
  return std::make_unique<Lowercase>();
}

}  // namespace kinvec
