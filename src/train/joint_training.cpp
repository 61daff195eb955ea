#include "joint_training.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kinvec {

namespace {

/// Words of a stretch, of all trainers together: few enough that frequent rows stay alike, enough
/// that training takes longer than exchanging them. CBOW makes fewer predictions of a word.
constexpr uint64_t kSkipgramStretch = 80'000;
constexpr uint64_t kCbowStretch = 160'000;
/// Stretches from one exchange of all rows to the next.
constexpr uint64_t kAllEvery = 5;
/// Vectors that a direction is measured by.
constexpr size_t kSamples = 2048;

/// Of words in their order.
size_t n_different(const std::vector<uint32_t>& words) {
  size_t n = words.empty() ? 0 : 1;
  for (size_t i = 1; i < words.size(); ++i) n += words[i] != words[i - 1] ? 1 : 0;
  return n;
}

}  // namespace

JointTraining::JointTraining(WordTrainer& trainer) : trainer_(trainer) {
  const std::vector<uint64_t>& counts = trainer.vocabulary().counts;
  const uint64_t n_words = std::accumulate(counts.begin(), counts.end(), uint64_t{});
  const uint64_t stretch = trainer.options().skipgram ? kSkipgramStretch : kCbowStretch;
  per_epoch_ = std::max<uint64_t>((n_words + stretch / 2) / stretch, 1);
  count_updates();
}

// A word that is kept is predicted by its neighbours, and drawn in proportion to its count to the
// power of 3/4. It has window + 1 neighbours in the mean; each is one more prediction with
// skip-gram, and with CBOW they make one together.
void JointTraining::count_updates() {
  const WordTrainerOptions& options = trainer_.options();
  const size_t n_words = trainer_.vocabulary().size();
  std::vector<double> kept(n_words);
  std::vector<double> drawn(n_words);
  for (uint32_t word = 0; word < n_words; ++word) {
    kept[word] = trainer_.n_kept(word);
    const double root = std::sqrt(static_cast<double>(trainer_.vocabulary().counts[word]));
    drawn[word] = root * std::sqrt(root);
  }
  const double all_kept = std::accumulate(kept.begin(), kept.end(), 0.0);
  const double all_drawn = std::accumulate(drawn.begin(), drawn.end(), 0.0);
  std::vector<double> predicted(n_words);
  for (size_t word = 0; word < n_words; ++word) {
    predicted[word] = kept[word] + options.negative * all_kept * drawn[word] / all_drawn;
  }
  inputs_ = sample(kept);
  targets_ = sample(predicted);

  const double neighbours = options.window + 1;
  const double of_share = 1 / static_cast<double>(per_epoch_ * trainer_.share().count);
  const size_t stride = RowMatrix::stride_of(options.dimensions);
  std::vector<float> updates(trainer_.rows().size() / stride);
  for (uint32_t word = 0; word < n_words; ++word) {
    for (const uint32_t row : trainer_.rows_of(word)) {
      updates[row] += static_cast<float>(kept[word] * neighbours * of_share);
    }
  }
  std::vector<float> output_updates(trainer_.output_rows().size() / stride);
  const double predictions = options.skipgram ? neighbours : 1;
  for (size_t word = 0; word < n_words; ++word) {
    output_updates[word] = static_cast<float>(predicted[word] * predictions * of_share);
  }
  matrices_.emplace_back(trainer_.rows(), stride, std::move(updates), trainer_.share());
  matrices_.emplace_back(trainer_.output_rows(), stride, std::move(output_updates),
                         trainer_.share());
}

/// Words at equal steps of the sum of their weights.
std::vector<uint32_t> JointTraining::sample(const std::vector<double>& weights) const {
  const double step = std::accumulate(weights.begin(), weights.end(), 0.0) / kSamples;
  std::vector<uint32_t> words;
  double sum = 0;
  for (uint32_t word = 0; word < weights.size(); ++word) {
    sum += weights[word];
    while (words.size() < kSamples && (static_cast<double>(words.size()) + 0.5) * step < sum) {
      words.push_back(word);
    }
  }
  return words;
}

bool JointTraining::allocate() {
  return std::ranges::all_of(matrices_, [this](RowExchange& matrix) {
    return matrix.allocate(trainer_.options().dimensions, kSamples);
  });
}

bool JointTraining::exchanges_all() const {
  return n_done_ % kAllEvery == 0 || n_done_ == n_stretches();
}

float JointTraining::rate() const {
  const WordTrainerOptions& options = trainer_.options();
  const double fall = options.learning_rate - options.min_learning_rate;
  const double share = static_cast<double>(n_done_) / static_cast<double>(n_stretches());
  return static_cast<float>(options.learning_rate - fall * share);
}

void JointTraining::train() {
  ++n_done_;
  // In this order, since the product may be too large for an integer.
  const double words = static_cast<double>(trainer_.n_total()) *
                       (static_cast<double>(n_done_) / static_cast<double>(n_stretches()));
  const uint64_t end = n_done_ == n_stretches() ? trainer_.n_total() : static_cast<uint64_t>(words);
  if (end > trainer_.n_done()) trainer_.step(end - trainer_.n_done());
  steps_ = rate();
  steps_of_all_ += steps_;
  if (exchanges_all() || n_done_ < kAllEvery) measure();
}

void JointTraining::end() {
  n_done_ = n_stretches();
  steps_ = 0;
  measure();
}

/// How the rows of either matrix are pulled by vectors of the other.
void JointTraining::measure() {
  const WordTrainerOptions& options = trainer_.options();
  JointChange& input = matrices_[0].joint();
  const std::span<const float> targets = trainer_.output_rows();
  const size_t stride = input.samples().stride();
  for (size_t s = 0; s < targets_.size(); ++s) {
    std::copy_n(&targets[targets_[s] * stride], stride, input.samples().row(s));
  }
  input.measure(targets_.size(), n_different(targets_), static_cast<float>(1 + options.negative),
                1);

  JointChange& output = matrices_[1].joint();
  for (size_t s = 0; s < inputs_.size(); ++s) {
    const std::span<const float> vector = trainer_.vector(inputs_[s]);
    std::ranges::copy(vector, output.samples().row(s));
  }
  const auto averaged = static_cast<float>(options.skipgram ? 1 : options.window + 1);
  output.measure(inputs_.size(), n_different(inputs_), 1, averaged);
}

void JointTraining::pack_changes(uint32_t owner, Packets& packets) const {
  for (size_t m = 0; m < kMatrices; ++m) {
    packets[m].clear();
    matrices_[m].pack_changes(owner, exchanges_all(), packets[m]);
  }
}

bool JointTraining::add_changes(const Packets& packets) {
  return matrices_[0].add_changes(packets[0]) && matrices_[1].add_changes(packets[1]);
}

void JointTraining::join(Packets& packets) {
  for (size_t m = 0; m < kMatrices; ++m) {
    packets[m].clear();
    matrices_[m].join(exchanges_all(), steps_of_all_, steps_, packets[m]);
  }
  if (exchanges_all()) steps_of_all_ = 0;
}

bool JointTraining::set_rows(const Packets& packets) {
  return matrices_[0].set_rows(packets[0]) && matrices_[1].set_rows(packets[1]);
}

}  // namespace kinvec
