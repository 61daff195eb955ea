// Decoders that put spaces between words: for pieces with a mark of continuing ("##ing"), with a
// mark of the end ("ing</w>"), and for a delimiter of its own.
#pragma once

#include "decoder.h"

namespace kinvec {

/// WordPiece: tokens with the prefix go on with the word, others start one. `cleanup` takes the
/// space before punctuation and English contractions away.
std::unique_ptr<Decoder> make_wordpiece_decoder(std::string prefix, bool cleanup);
std::unique_ptr<Decoder> read_wordpiece_decoder(const StageFields& fields);

/// BPEDecoder: the suffix becomes a space, but in the last token.
std::unique_ptr<Decoder> read_bpe_decoder(const StageFields& fields);

/// CTC: of equal tokens in a row one stays, pad tokens go, the delimiter becomes a space.
std::unique_ptr<Decoder> read_ctc_decoder(const StageFields& fields);

}  // namespace kinvec
