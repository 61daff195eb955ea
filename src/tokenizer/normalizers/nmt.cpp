#include "nmt.h"

#include "text_rewriter.h"

namespace kinvec {
namespace {

enum class Fate : uint8_t { kKept, kDropped, kSpace };

/// What becomes of a character; the lists are the reference's.
constexpr Fate fate_of(char32_t c) {
  if (c < 0x20 || c == 0x7F) {
    if (c == '\t' || c == '\n' || c == '\f' || c == '\r') return Fate::kSpace;
    return c == 0 ? Fate::kKept : Fate::kDropped;
  }
  if (c == 0x8F || c == 0x9F) return Fate::kDropped;
  const bool space = c == 0x1680 || (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
                     c == 0x2581 || c == 0xFEFF || c == 0xFFFD;
  return space ? Fate::kSpace : Fate::kKept;
}

class Nmt final : public Normalizer {
 public:
  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    const std::string_view bytes = text.text();
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* at = find_changed(begin, end);
    if (at == end) return;
    TextRewriter rewriter(text, spare);
    while (at < end) {
      rewriter.keep_until(static_cast<uint32_t>(at - begin));
      const Utf8Character character = decode_utf8(at, end);
      if (fate_of(character.code_point) == Fate::kSpace) {
        rewriter.replace(' ');
      } else {
        rewriter.remove(1);
      }
      at = find_changed(at + character.length, end);
    }
    rewriter.keep_until(static_cast<uint32_t>(bytes.size()));
    rewriter.finish();
  }

 private:
  static const char* find_changed(const char* at, const char* end) {
    while (at < end) {
      const Utf8Character character = decode_utf8(at, end);
      if (fate_of(character.code_point) != Fate::kKept) break;
      at += character.length;
    }
    return at;
  }
};

}  // namespace

std::unique_ptr<Normalizer> read_nmt(const StageFields& /*fields*/) {
  return std::make_unique<Nmt>();
}

}  // namespace kinvec
