#include "byte_level_normalizer.h"

#include "../byte_alphabet.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

class ByteLevelNormalizer final : public Normalizer {
 public:
  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    if (text.empty()) return;
    const std::string_view bytes = text.text();
    TextRewriter rewriter(text, spare);
    for (uint32_t at = 0; at < bytes.size(); ++at) {
      const auto byte = static_cast<uint8_t>(bytes[at]);
      if (byte < 0x80 && kByteCharacters[byte] == byte) continue;
      if (is_utf8_continuation(bytes[at])) {
        rewriter.insert(kByteCharacters[byte]);
      } else {
        rewriter.keep_until(at);
        rewriter.replace(kByteCharacters[byte]);
      }
    }
    rewriter.keep_until(static_cast<uint32_t>(bytes.size()));
    rewriter.finish();
  }
};

}  // namespace

std::unique_ptr<Normalizer> read_byte_level_normalizer(const StageFields& /*fields*/) {
  return std::make_unique<ByteLevelNormalizer>();
}

}  // namespace kinvec
