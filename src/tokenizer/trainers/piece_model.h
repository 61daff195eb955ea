// The unigram language model under training: pieces with their probabilities, which expectation and
// maximization fit to the corpus and pruning makes fewer.
#pragma once

#include <cstdint>
#include <vector>

#include "lattice.h"
#include "piece_trie.h"
#include "training_corpus.h"
#include "unigram_seeds.h"

namespace kinvec {

/// It works in rounds over the sentences of the corpus or over the pieces, each made of calls that
/// do some tens of milliseconds of it: a call gets the number of the item to begin with, at first
/// 0, and answers the next one; a round ends after the last item.
class PieceModel {
 public:
  /// Piece 0 stands for what has no piece. The corpus must outlive this and not be empty.
  PieceModel(const TrainingCorpus& corpus, std::vector<ScoredPiece> pieces)
      : corpus_(corpus), pieces_(std::move(pieces)) {}

  const std::vector<ScoredPiece>& pieces() const { return pieces_; }
  size_t n_pieces() const { return pieces_.size(); }
  size_t n_sentences() const { return corpus_.sentences.size(); }
  /// The lowest score of a piece when last indexed.
  double min_score() const { return min_score_; }

  /// Over the pieces: makes them known to the rounds below, whenever they have changed.
  size_t index(size_t first);

  /// Over the sentences: how often each piece is to be expected.
  size_t expect(size_t first);
  /// After that: drops pieces that are hardly ever expected, and gives the others the scores that
  /// suit their expected counts.
  void maximize();

  /// Over the sentences: how often the best cuts use each piece.
  size_t count_uses(size_t first);
  /// Over the pieces: what would stand in for each.
  size_t find_alternatives(size_t first);
  /// After these two: leaves about `size` pieces, those without which the corpus would be the least
  /// probable.
  void prune(size_t size);

 private:
  const TrainingCorpus& corpus_;
  std::vector<ScoredPiece> pieces_;
  double min_score_ = 0;

  PieceTrie trie_;
  std::vector<double> scores_;         // [n_pieces]
  std::vector<double> probabilities_;  // [n_pieces]
  std::vector<double> frequencies_;    // [n_pieces] expected, or of the best cuts
  // What each piece would be cut into if it were not there; for all pieces, end to end.
  std::vector<int32_t> alternatives_;
  std::vector<uint32_t> alternative_starts_;  // [n_pieces + 1]
  std::vector<uint8_t> is_best_whole_;        // [n_pieces] a piece is its own best cut

  Lattice lattice_;
  std::vector<int32_t> path_;
};

}  // namespace kinvec
