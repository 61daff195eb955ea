// Decoders whose tokens spell bytes: in the byte-level alphabet, or as <0xHH>.
#pragma once

#include "decoder.h"

namespace kinvec {

/// ByteLevel: all tokens become one, the text of their bytes. A token with a character outside of
/// the alphabet stands for its own bytes; ill-formed sequences become U+FFFD.
std::unique_ptr<Decoder> read_byte_level_decoder(const StageFields& fields);

/// ByteFallback: each run of tokens <0xHH> becomes the text of its bytes, or as many U+FFFD if they
/// make no text.
std::unique_ptr<Decoder> read_byte_fallback_decoder(const StageFields& fields);

}  // namespace kinvec
