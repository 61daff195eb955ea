// Byte-pair encoding: the most frequent pair of neighbouring symbols becomes a token, again and
// again. WordPiece vocabularies are trained the same way.
#pragma once

#include "trainer_options.h"
#include "training.h"
#include "word_counts.h"

namespace kinvec {

/// Tokens are the special tokens, the alphabet in ascending order, the characters with prefix and
/// suffix in ascending order (the reference's order of these is random), and the merged tokens.
/// Of equally frequent pairs the one with the smaller ids is merged first.
Training train_bpe(WordCounts words, BpeTrainerOptions options);

}  // namespace kinvec
