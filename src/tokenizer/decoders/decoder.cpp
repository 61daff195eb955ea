#include "decoder.h"

#include "byte_decoders.h"
#include "text_decoders.h"
#include "word_decoders.h"

namespace kinvec {

Result<std::unique_ptr<Decoder>> read_decoder(const StageFields& fields) {
  struct Kind {
    std::string_view type;
    Result<std::unique_ptr<Decoder>> (*read)(const StageFields& fields);
  };
  static constexpr Kind kKinds[] = {
      {"BPEDecoder", read_bpe_decoder},
      {"ByteFallback", read_byte_fallback_decoder},
      {"ByteLevel", read_byte_level_decoder},
      {"CTC", read_ctc_decoder},
      {"Fuse", read_fuse_decoder},
      {"Metaspace", read_metaspace_decoder},
      {"Replace", read_replace_decoder},
      {"Strip", read_strip_decoder},
      {"WordPiece", read_wordpiece_decoder},
  };
  for (const Kind& kind : kKinds) {
    if (kind.type == fields.type()) return kind.read(fields);
  }
  return fields.unsupported("is no decoder that is supported");
}

}  // namespace kinvec
