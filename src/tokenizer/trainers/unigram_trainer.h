// Unigram language model: from all substrings that occur more than once, those are kept that
// explain the texts best. Method: Kudo, "Subword Regularization", 2018, section 3.2.
#pragma once

#include "trainer_options.h"
#include "training.h"
#include "word_counts.h"

namespace kinvec {

Training train_unigram(WordCounts words, UnigramTrainerOptions options);

}  // namespace kinvec
