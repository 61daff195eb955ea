#include "decoder.h"

#include "../stage_list.h"
#include "byte_decoders.h"
#include "text_decoders.h"
#include "word_decoders.h"

namespace kinvec {

std::unique_ptr<Decoder> read_decoder(const StageFields& fields) {
  static constexpr StageKind<Decoder> kKinds[] = {
      {"BPEDecoder", "suffix", read_bpe_decoder},
      {"ByteFallback", "", read_byte_fallback_decoder},
      {"ByteLevel", "add_prefix_space trim_offsets use_regex", read_byte_level_decoder},
      {"CTC", "pad_token word_delimiter_token cleanup", read_ctc_decoder},
      {"Fuse", "", read_fuse_decoder},
      {"Metaspace", "replacement prepend_scheme split add_prefix_space str_rep",
       read_metaspace_decoder},
      {"Replace", "pattern content", read_replace_decoder},
      {"Strip", "content start stop", read_strip_decoder},
      {"WordPiece", "prefix cleanup", read_wordpiece_decoder},
  };
  return read_stage<Decoder>(fields, kKinds, "decoder");
}

}  // namespace kinvec
