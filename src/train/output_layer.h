// The side of a word model that is thrown away in the end, unless it is to be trained on: it
// predicts a word from a hidden vector, and learns from how wrong it was, as the vector does.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "huffman.h"
#include "logistic.h"
#include "row_matrix.h"
#include "word_sampling.h"

namespace kinvec {

class OutputLayer {
 public:
  /// Negative sampling: the word against `negative` others drawn by chance.
  static OutputLayer negative_sampling(std::span<const uint64_t> counts, uint32_t negative);

  /// Hierarchical softmax: the turns on the way to the word in a Huffman tree. `counts` do
  /// not rise.
  static OutputLayer hierarchical_softmax(std::span<const uint64_t> counts);

  /// Rows for vectors of `width`. False if there is no memory.
  bool allocate(uint32_t width);

  /// [n_rows, stride], and [n_rows, width], by which the layer ends.
  std::span<float> rows() const { return rows_.numbers(); }
  std::span<const float> take_rows(uint32_t width) { return rows_.pack(width); }

  /// Makes `word` more likely after the vector x [stride]: changes the rows, and sets gradient
  /// [stride] to what is to be added to x.
  void learn(const float* x, uint32_t word, float rate, Random& random, float* gradient);

  /// The mean loss of the predictions since the last call; 0 if there was none.
  double take_loss();

 private:
  OutputLayer(size_t n_rows, size_t most_targets);

  void choose_negatives(uint32_t word, Random& random);
  void choose_turns(uint32_t word);
  void choose(uint32_t row, bool label);

  std::optional<NegativeSampler> sampler_;
  std::optional<HuffmanTree> tree_;
  uint32_t negative_ = 0;
  size_t n_rows_;
  RowMatrix rows_;  // [n_rows, width] one for each word, or each inner node of the tree
  Logistic logistic_;

  double loss_ = 0;
  uint64_t n_predictions_ = 0;

  // What a prediction consists of, each [n_targets] of at most as many as fit.
  size_t n_targets_ = 0;
  std::vector<float*> targets_;
  std::vector<uint8_t> labels_;  // whether the product with the vector should be large
  std::vector<float> gains_;
};

}  // namespace kinvec
