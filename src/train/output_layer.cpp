#include "output_layer.h"

#include "../kernels/row_steps.h"

namespace kinvec {

OutputLayer OutputLayer::negative_sampling(std::span<const uint64_t> counts, uint32_t negative) {
  OutputLayer layer(counts.size(), negative + 1);
  layer.sampler_.emplace(counts);
  layer.negative_ = negative;
  return layer;
}

OutputLayer OutputLayer::hierarchical_softmax(std::span<const uint64_t> counts) {
  HuffmanTree tree(counts);
  OutputLayer layer(counts.size() - 1, tree.depth());
  layer.tree_ = std::move(tree);
  return layer;
}

OutputLayer::OutputLayer(size_t n_rows, size_t most_targets)
    : n_rows_(n_rows), targets_(most_targets), labels_(most_targets), gains_(most_targets) {}

bool OutputLayer::allocate(uint32_t width) { return rows_.allocate(n_rows_, width); }

void OutputLayer::learn(const float* x, uint32_t word, float rate, Random& random,
                        float* gradient) {
  n_targets_ = 0;
  if (tree_) {
    choose_turns(word);
  } else {
    choose_negatives(word, random);
  }
  const std::span targets(targets_.data(), n_targets_);
  dot_rows(x, targets, rows_.stride(), gains_.data());
  float loss = 0;
  for (size_t i = 0; i < n_targets_; ++i) {
    const bool label = labels_[i] != 0;
    loss += logistic_.loss(gains_[i], label);
    gains_[i] = (static_cast<float>(label) - logistic_.sigmoid(gains_[i])) * rate;
  }
  loss_ += loss;
  ++n_predictions_;
  std::memset(gradient, 0, rows_.stride() * sizeof(float));
  step_rows(x, targets, gains_.data(), rows_.stride(), gradient);
}

void OutputLayer::choose_negatives(uint32_t word, Random& random) {
  choose(word, true);
  for (uint32_t i = 0; i < negative_; ++i) {
    const uint32_t other = sampler_->draw(random);
    if (other != word) choose(other, false);
  }
}

void OutputLayer::choose_turns(uint32_t word) {
  for (const HuffmanTree::Turn turn : tree_->path(word)) choose(turn.node, turn.bit == 0);
}

void OutputLayer::choose(uint32_t row, bool label) {
  targets_[n_targets_] = rows_.row(row);
  labels_[n_targets_] = static_cast<uint8_t>(label);
  ++n_targets_;
}

double OutputLayer::take_loss() {
  const double mean = n_predictions_ == 0 ? 0 : loss_ / static_cast<double>(n_predictions_);
  loss_ = 0;
  n_predictions_ = 0;
  return mean;
}

}  // namespace kinvec
