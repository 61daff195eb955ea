// Word2Vec and FastText: vectors of words, learnt from the words around them. What is learnt is the
// same however the work is cut into steps, and in every build that rounds as IEEE 754 says.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "../error.h"
#include "output_layer.h"
#include "random.h"
#include "row_matrix.h"
#include "training_state.h"
#include "word_corpus.h"
#include "word_rows.h"
#include "word_sampling.h"

namespace kinvec {

/// Names and meanings are those of word2vec and FastText.
struct WordTrainerOptions {
  std::optional<SubwordOptions> subwords;  // FastText's; none for Word2Vec
  bool skipgram = true;  // a word predicts its neighbours; else they together predict it
  bool hierarchical_softmax = false;  // else negative sampling
  uint32_t negative = 5;              // words set against each that did occur
  uint32_t dimensions = 100;          // at least 1
  uint32_t window = 5;                // most neighbours to either side, at least 1
  uint64_t min_count = 5;
  size_t max_words = SIZE_MAX;
  double subsample = 1e-3;  // 0: none
  uint32_t epochs = 5;      // at least 1
  double learning_rate = 0.025;
  double min_learning_rate = 0.0001;  // at the end, to which it falls in a straight line
  uint64_t seed = 1;
};

class WordTrainer {
 public:
  /// INVALID_ARGUMENT if no word is frequent enough, OUT_OF_MEMORY if the matrices do not fit.
  /// Of a share of the corpus, it has the vocabulary and first rows of whoever has another.
  static Result<WordTrainer> create(WordCorpus corpus, const WordTrainerOptions& options);

  /// With negative sampling: takes note of earlier texts, whose words are set against these as
  /// well. `counts` are of all texts together, first those of the vocabulary, then of the other
  /// words. The output layer is made anew, so that this comes before the first step. OUT_OF_MEMORY.
  Result<void> add_counts(std::span<const uint64_t> counts);

  /// Trains on `n_words` words of the corpus more, and on the rest of the sentence then begun. True
  /// once all is done.
  bool step(uint64_t n_words);

  /// May be set to that of another trainer, between two steps.
  TrainingState state();

  /// Whether the state that was set can be one of these texts; there must be no step if it is not.
  bool is_sound() const {
    return place_.n_done <= n_total() && place_.position <= corpus_.words().size();
  }

  /// Of the texts.
  uint64_t fingerprint() const { return corpus_.fingerprint(vocabulary_); }

  /// Words of the corpus trained on, all epochs together, and how many there are in the end.
  uint64_t n_done() const { return place_.n_done; }
  uint64_t n_total() const { return n_epoch_ * options_.epochs; }

  /// The same as a share, from 0 to 1.
  double share_done() const {
    return n_total() == 0 ? 1 : static_cast<double>(n_done()) / static_cast<double>(n_total());
  }

  /// The mean loss of a prediction since the last call; 0 if there was none.
  double take_loss() { return output_.take_loss(); }

  const WordTrainerOptions& options() const { return options_; }
  TrainingShare share() const { return corpus_.share(); }

  /// How many of the word's occurrences in all texts sub-sampling keeps, about.
  double n_kept(uint32_t word) const {
    return static_cast<double>(vocabulary_.counts[word]) * subsampling_.share(word);
  }

  /// The rows whose mean the word's vector is; one that it has twice is there twice.
  std::span<const uint32_t> rows_of(uint32_t word) const { return rows_.of(word); }

  const WordVocabulary& vocabulary() const { return vocabulary_; }

  /// The bucket of each row behind the words' ones.
  std::span<const uint32_t> buckets() const { return rows_.buckets(); }

  /// [dimensions] the word's vector as far as it is trained, until the next call of anything here.
  std::span<const float> vector(uint32_t word);

  /// [n_words + n_buckets, stride] the rows as far as they are trained, and those by which words
  /// are predicted, [n_words and the others of earlier texts, stride], with a tree one less. Either
  /// may be set before the first step.
  std::span<float> rows() const { return input_.numbers(); }
  std::span<float> output_rows() const { return output_.rows(); }

  /// The same of [.., dimensions]. Training ends with either.
  std::span<const float> take_rows() { return input_.pack(options_.dimensions); }
  std::span<const float> take_output_rows() { return output_.take_rows(options_.dimensions); }

 private:
  WordTrainer(WordVocabulary vocabulary, WordCorpus corpus, const WordTrainerOptions& options);

  bool allocate();
  void start_rows();
  void start_share();
  void read_sentence();
  void train_skipgram();
  void train_cbow();
  void gather(uint32_t word);

  float* hidden() const { return scratch_.row(0); }    // mean of the gathered rows
  float* gradient() const { return scratch_.row(1); }  // of one prediction
  float* total() const { return scratch_.row(2); }     // of all predictions by a word

  WordTrainerOptions options_;
  WordVocabulary vocabulary_;
  WordCorpus corpus_;
  WordRows rows_;
  SubSampling subsampling_;
  OutputLayer output_;
  RowMatrix input_;    // [n_words + n_buckets, dimensions]
  RowMatrix scratch_;  // [3, dimensions]
  Random random_;

  struct Place {
    uint64_t n_done = 0;
    uint64_t position = 0;  // in the corpus
  };
  Place place_;
  uint64_t n_epoch_ = 0;  // words of the corpus, or of its share
  float rate_ = 0;        // for the sentence
  std::vector<uint32_t> sentence_;
  std::vector<float*> gathered_;  // rows of input_
};

}  // namespace kinvec
