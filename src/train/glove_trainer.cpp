#include "glove_trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../concat.h"
#include "../kernels/row_steps.h"

namespace kinvec {

namespace {

/// Occurrences that are counted in the time in which a pair is trained on, roughly.
constexpr uint64_t kCountSpeed = 8;

/// What counting all words makes up of an epoch, roughly.
constexpr double kCountShare = 0.05;

}  // namespace

Result<GloveTrainer> GloveTrainer::create(WordCorpus corpus, const GloveOptions& options) {
  WordVocabulary vocabulary = corpus.take_vocabulary(options.min_count, options.max_words);
  if (vocabulary.size() == 0) return no_word_error(options.min_count);
  GloveTrainer trainer(std::move(vocabulary), std::move(corpus), options);
  if (!trainer.allocate()) {
    return Error{ErrorCode::kOutOfMemory,
                 concat({"there is no memory for ", options.dimensions, " dimensions of ",
                         trainer.vocabulary_.size(), " words; have fewer of them"})};
  }
  trainer.start_rows(trainer.words_, options.dimensions);
  trainer.start_rows(trainer.contexts_, options.dimensions + 1);
  trainer.counter_.start(trainer.random_);
  return trainer;
}

GloveTrainer::GloveTrainer(WordVocabulary vocabulary, WordCorpus corpus,
                           const GloveOptions& options)
    : options_(options),
      vocabulary_(std::move(vocabulary)),
      counter_(std::move(corpus), vocabulary_.counts, options.window),
      random_(options.seed) {}

bool GloveTrainer::allocate() {
  const auto allocate = [this](RowMatrix& matrix) {
    return matrix.allocate(vocabulary_.size(), options_.dimensions + 2);
  };
  return allocate(words_.values) && allocate(words_.squares) && allocate(contexts_.values) &&
         allocate(contexts_.squares);
}

// Biases are learnt as if they were dimensions: a word's is multiplied by a 1 of the neighbour that
// stays as it is, and the other way round.
void GloveTrainer::start_rows(Rows& rows, uint32_t bias) {
  const uint32_t one = 2 * options_.dimensions + 1 - bias;
  const float range = 0.5F / static_cast<float>(options_.dimensions);
  for (size_t r = 0; r < vocabulary_.size(); ++r) {
    const auto [values, squares] = rows.row(r);
    for (uint32_t i = 0; i < options_.dimensions; ++i) values[i] = random_.next_signed() * range;
    std::fill_n(squares, rows.squares.stride(), 1.0F);
    values[bias] = random_.next_signed() * range;
    values[one] = 1;
    squares[one] = std::numeric_limits<float>::infinity();
  }
}

TrainingState GloveTrainer::state() {
  TrainingState state = {state_of(n_learnt_)};
  for (const Rows* rows : {&words_, &contexts_}) {
    state.push_back(std::as_writable_bytes(rows->values.numbers()));
    state.push_back(std::as_writable_bytes(rows->squares.numbers()));
  }
  return state;
}

bool GloveTrainer::step(uint64_t n_pairs) {
  if (is_counting_) {
    const size_t most_pairs = options_.max_memory / sizeof(Cooccurrence);
    is_counting_ = !counter_.count(n_pairs * kCountSpeed, most_pairs, pairs_);
    return false;
  }
  const size_t end = std::min<uint64_t>(pairs_.size(), position_ + n_pairs);
  for (; position_ < end; ++position_) {
    // They come in an order drawn by chance, anew in each epoch.
    const auto n_left = static_cast<uint32_t>(pairs_.size() - position_);
    std::swap(pairs_[position_], pairs_[position_ + random_.below(n_left)]);
    if (n_seen_++ < n_learnt_) continue;
    train(pairs_[position_]);
    ++n_learnt_;
  }
  if (position_ == pairs_.size()) end_part();
  return epoch_ == options_.epochs;
}

void GloveTrainer::train(const Cooccurrence& pair) {
  const float log_count = std::log(pair.count);
  const auto share = static_cast<float>(pair.count / options_.x_max);
  const float weight = share < 1 ? std::pow(share, static_cast<float>(options_.alpha)) : 1.0F;
  learn(words_.row(pair.word), contexts_.row(pair.other), log_count, weight);
  if (pair.word == pair.other) return;
  learn(words_.row(pair.other), contexts_.row(pair.word), log_count, weight);
}

void GloveTrainer::learn(AdaGradRow word, AdaGradRow other, float log_count, float weight) {
  const size_t width = words_.values.stride();
  float product = 0;
  dot_rows(word.values, {&other.values, 1}, width, &product);
  const float error = product - log_count;
  loss_ += 0.5F * weight * error * error;
  ++n_predictions_;
  adagrad_step(weight * error, static_cast<float>(options_.learning_rate), word, other, width);
}

void GloveTrainer::end_part() {
  position_ = 0;
  part_begin_ = counter_.n_counted();
  const bool is_last = part_begin_ == counter_.n_total();
  if (is_last) {
    part_begin_ = 0;
    ++epoch_;
    if (is_whole_ || epoch_ == options_.epochs) return;
    counter_.start(random_);
  }
  is_whole_ = false;
  is_counting_ = true;
  pairs_.shrink(0);
}

uint64_t GloveTrainer::n_done() const {
  const uint64_t n_before = epoch_ * counter_.n_total() + part_begin_;
  if (position_ == 0) return n_before;
  const auto n_part = static_cast<double>(counter_.n_counted() - part_begin_);
  const double share = static_cast<double>(position_) / static_cast<double>(pairs_.size());
  return n_before + static_cast<uint64_t>(n_part * share);
}

double GloveTrainer::share_done() const {
  const uint64_t n_to_count = (is_whole_ ? 1 : options_.epochs) * counter_.n_total();
  const uint64_t n_before = is_whole_ ? 0 : epoch_ * counter_.n_total();
  const uint64_t n_counted = std::min(n_before + counter_.n_counted(), n_to_count);
  const uint64_t n_to_train = options_.epochs * counter_.n_total();
  const auto weighted = [](uint64_t n_trained, uint64_t n_counted) {
    return static_cast<double>(n_trained) + kCountShare * static_cast<double>(n_counted);
  };
  return weighted(n_done(), n_counted) / weighted(n_to_train, n_to_count);
}

double GloveTrainer::take_loss() {
  const double mean = n_predictions_ == 0 ? 0 : loss_ / static_cast<double>(n_predictions_);
  loss_ = 0;
  n_predictions_ = 0;
  return mean;
}

std::span<const float> GloveTrainer::take_rows() {
  const size_t n_words = vocabulary_.size();
  float* sum = words_.values.row(0);
  for (size_t r = 0; r < n_words; ++r) {
    const float* const word = words_.values.row(r);
    const float* const context = contexts_.values.row(r);
    for (uint32_t i = 0; i < options_.dimensions; ++i) *sum++ = word[i] + context[i];
  }
  return {words_.values.row(0), n_words * options_.dimensions};
}

}  // namespace kinvec
