// WordLevel: the vocabulary is the most frequent words.
#pragma once

#include "trainer_options.h"
#include "training.h"
#include "word_counts.h"

namespace kinvec {

/// Tokens are the special tokens, then the words, the most frequent first, equally frequent ones in
/// the order of their bytes. A word that is a special token is not repeated (the reference repeats
/// it, and so loses the special token's id).
Training train_word_level(WordCounts words, WordLevelTrainerOptions options);

}  // namespace kinvec
