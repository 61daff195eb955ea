// GloVe (Pennington, Socher and Manning, 2014): vectors of words whose products tell how often the
// words stand near each other. What is learnt is the same however the work is cut into steps, and
// in every build that rounds as IEEE 754 says and has the same logarithm and power.
#pragma once

#include "../error.h"
#include "../kernels/adagrad.h"
#include "cooccurrences.h"
#include "row_matrix.h"
#include "training_state.h"

namespace kinvec {

/// Names, meanings and defaults are those of the reference implementation, but for the dimensions
/// and the least count.
struct GloveOptions {
  uint32_t dimensions = 100;  // at least 1
  uint32_t window = 15;       // at least 1
  uint64_t min_count = 5;
  size_t max_words = SIZE_MAX;
  uint32_t epochs = 25;  // at least 1
  double learning_rate = 0.05;
  double x_max = 100;                       // the count from which on a pair has its whole weight
  double alpha = 0.75;                      // the power by which it has less below
  uint64_t max_memory = uint64_t{1} << 29;  // bytes of counted pairs
  uint64_t seed = 1;
};

class GloveTrainer {
 public:
  /// INVALID_ARGUMENT if no word is frequent enough, OUT_OF_MEMORY if the matrices do not fit.
  static Result<GloveTrainer> create(WordCorpus corpus, const GloveOptions& options);

  /// Trains on `n_pairs` pairs more, or counts for about as long. True once all is done.
  bool step(uint64_t n_pairs);

  /// May be set to that of another trainer before the first step. Steps then count and go through
  /// the pairs as ever, whose order depends on those before, but learn only from where it was.
  TrainingState state();
  static bool is_sound() { return true; }

  /// Of the texts.
  uint64_t fingerprint() const { return counter_.corpus().fingerprint(vocabulary_); }

  /// Whether the next step counts.
  bool is_counting() const { return is_counting_; }

  /// Words of the corpus whose pairs have been trained on, all epochs together.
  uint64_t n_done() const;

  /// Of the whole work, counting and training, from 0 to 1. It falls once if the pairs turn out to
  /// be too many to be kept, since they are then counted in each epoch.
  double share_done() const;

  /// The mean cost of a pair since the last call, half the weighted squared error; 0 if there was
  /// none.
  double take_loss();

  const WordVocabulary& vocabulary() const { return vocabulary_; }

  /// [n_words, dimensions] the sum of each word's two vectors. Training ends with it.
  std::span<const float> take_rows();

 private:
  /// A vector of each word, as a word or as a neighbour.
  struct Rows {
    RowMatrix values;   // [n_words, dimensions + 2]
    RowMatrix squares;  // [n_words, dimensions + 2]

    AdaGradRow row(size_t i) const { return {values.row(i), squares.row(i)}; }
  };

  GloveTrainer(WordVocabulary vocabulary, WordCorpus corpus, const GloveOptions& options);

  bool allocate();
  void start_rows(Rows& rows, uint32_t bias);
  void train(const Cooccurrence& pair);
  void learn(AdaGradRow word, AdaGradRow other, float log_count, float weight);
  void end_part();

  GloveOptions options_;
  WordVocabulary vocabulary_;
  CooccurrenceCounter counter_;
  Rows words_;
  Rows contexts_;
  Random random_;

  LongList<Cooccurrence> pairs_;  // of the part of the corpus that is trained on
  size_t position_ = 0;           // in the pairs
  uint64_t part_begin_ = 0;       // in the words that the counter goes through
  bool is_counting_ = true;
  bool is_whole_ = true;  // all pairs are in one part
  uint32_t epoch_ = 0;
  uint64_t n_seen_ = 0;    // pairs gone through, all epochs together
  uint64_t n_learnt_ = 0;  // pairs learnt from: more than that while a training is taken up again

  double loss_ = 0;
  uint64_t n_predictions_ = 0;
};

}  // namespace kinvec
