// Decoders that rewrite characters of the tokens, or join them.
#pragma once

#include "decoder.h"

namespace kinvec {

/// Metaspace: the replacement character becomes a space; in the first token it goes, unless the
/// scheme "never" says that none was put before the text.
std::unique_ptr<Decoder> read_metaspace_decoder(const StageFields& fields);

/// Replace: every occurrence of a string, or match of a regular expression, becomes another string.
std::unique_ptr<Decoder> read_replace_decoder(const StageFields& fields);

/// Strip: up to `start` characters equal to `content` go at the start of each token, and up to
/// `stop` at its end.
std::unique_ptr<Decoder> read_strip_decoder(const StageFields& fields);

/// Fuse: all tokens become one.
std::unique_ptr<Decoder> read_fuse_decoder(const StageFields& fields);

}  // namespace kinvec
