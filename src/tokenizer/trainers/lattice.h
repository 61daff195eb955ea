// All ways to cut one sentence into pieces, and what follows from the pieces' probabilities: how
// often each piece is to be expected, and which cut is the best.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "piece_trie.h"

namespace kinvec {

/// Reused for many sentences, it keeps its memory.
class Lattice {
 public:
  /// Stands where no piece is a single character of the sentence.
  static constexpr int32_t kUnknownPiece = 0;

  void build(const PieceTrie& trie, std::span<const char32_t> sentence);

  /// Adds `count` times the probability of each piece's being used at each place to expected[piece]
  /// (the forward-backward algorithm). `probabilities` [n_pieces] are greater than 0.
  void add_expected(const std::vector<double>& probabilities, double count,
                    std::vector<double>& expected);

  /// Replaces `path` by the pieces of the best cut, last one first; of equally good ones those with
  /// the longer last piece win. `scores` [n_pieces] are logarithms. Answers the score.
  double best_path(const std::vector<double>& scores, std::vector<int32_t>& path) {
    return best_path(scores, path, n_characters());
  }

  /// The same of the cuts into two pieces and more; the path is empty if there is none.
  double best_cut(const std::vector<double>& scores, std::vector<int32_t>& path) {
    return best_path(scores, path, n_characters() - 1);
  }

 private:
  struct Edge {
    uint32_t end;
    int32_t piece;
  };

  /// value * 2^exponent: the probability of a long sentence is far below what a double can hold,
  /// and logarithms would cost a call of exp and log for each edge.
  struct Scaled {
    double value = 0;
    int32_t exponent = 0;

    void add(Scaled term);
    /// Brings the value into [1, 2).
    void normalize();
  };

  size_t n_characters() const { return starts_.size() - 1; }
  std::span<const Edge> edges(size_t begin) const {
    return {edges_.data() + starts_[begin], starts_[begin + 1] - starts_[begin]};
  }
  double best_path(const std::vector<double>& scores, std::vector<int32_t>& path,
                   size_t longest_piece);

  std::vector<Edge> edges_;
  std::vector<uint32_t> starts_;  // [n_characters + 1] of the edges that begin at each character
  std::vector<Scaled> forward_;   // [n_characters + 1] of all cuts of the text before a place
  std::vector<Scaled> backward_;  // [n_characters + 1] of all cuts of the text after it
  std::vector<double> best_;      // [n_characters + 1] score of the best cut before a place
  std::vector<uint32_t> before_;  // [n_characters + 1] begin of its last piece
  std::vector<int32_t> last_;     // [n_characters + 1] its last piece
};

}  // namespace kinvec
