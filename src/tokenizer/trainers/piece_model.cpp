#include "piece_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../../sort_indices.h"

namespace kinvec {
namespace {

/// The logarithmic derivative of the gamma function, for x > 0, by recurrence up to 7 and from
/// there an asymptotic series around x - 1/2; absolute error below 1e-10.
double digamma(double x) {
  double result = 0;
  while (x < 7) {
    result -= 1 / x;
    x += 1;
  }
  x -= 0.5;
  const double y = 1 / (x * x);
  return result + std::log(x) +
         y * (1.0 / 24 + y * (-7.0 / 960 + y * (31.0 / 8064 - y * (127.0 / 30720))));
}

/// The end of a range of sentences or pieces, from `first` on, that is the work of one step.
template <class Items>
size_t step_end(const Items& items, size_t first) {
  constexpr size_t kCharactersPerStep = size_t{1} << 15;
  size_t last = first;
  for (size_t work = 0; last < items.size() && work < kCharactersPerStep; ++last) {
    work += items[last].length + 1;
  }
  return last;
}

}  // namespace

size_t PieceModel::index(size_t first) {
  if (first == 0) {
    trie_.clear();
    scores_.assign(pieces_.size(), 0);
    probabilities_.assign(pieces_.size(), 0);
    min_score_ = std::numeric_limits<double>::infinity();
    for (size_t i = 1; i < pieces_.size(); ++i) min_score_ = std::min(min_score_, pieces_[i].score);
    constexpr double kUnknownPenalty = 10;
    pieces_[Lattice::kUnknownPiece].score = min_score_ - kUnknownPenalty;
  }
  const size_t last = step_end(pieces_, first);
  for (size_t i = first; i < last; ++i) {
    scores_[i] = pieces_[i].score;
    probabilities_[i] = std::exp(scores_[i]);
    if (i != Lattice::kUnknownPiece) {
      trie_.add(corpus_.characters(pieces_[i]), static_cast<int32_t>(i));
    }
  }
  return last;
}

size_t PieceModel::expect(size_t first) {
  if (first == 0) frequencies_.assign(pieces_.size(), 0);
  const size_t last = step_end(corpus_.sentences, first);
  for (size_t i = first; i < last; ++i) {
    const Sentence& sentence = corpus_.sentences[i];
    lattice_.build(trie_, corpus_.characters(sentence));
    lattice_.add_expected(probabilities_, sentence.count, frequencies_);
  }
  return last;
}

void PieceModel::maximize() {
  constexpr double kLeastExpected = 0.5;
  double sum = 0;
  size_t n_kept = 1;
  for (size_t i = 1; i < pieces_.size(); ++i) {
    if (frequencies_[i] < kLeastExpected) continue;
    sum += frequencies_[i];
    pieces_[n_kept] = pieces_[i];
    pieces_[n_kept++].score = digamma(frequencies_[i]);
  }
  pieces_.resize(n_kept);
  // With digamma in place of the logarithm, rare pieces lose: a sparse prior.
  const double log_sum = digamma(sum);
  for (size_t i = 1; i < n_kept; ++i) pieces_[i].score -= log_sum;
}

size_t PieceModel::count_uses(size_t first) {
  if (first == 0) frequencies_.assign(pieces_.size(), 0);
  const size_t last = step_end(corpus_.sentences, first);
  for (size_t i = first; i < last; ++i) {
    const Sentence& sentence = corpus_.sentences[i];
    lattice_.build(trie_, corpus_.characters(sentence));
    lattice_.best_path(scores_, path_);
    for (const int32_t piece : path_) frequencies_[piece] += sentence.count;
  }
  return last;
}

size_t PieceModel::find_alternatives(size_t first) {
  if (first == 0) {
    alternatives_.clear();
    alternative_starts_.assign(1, 0);
    is_best_whole_.assign(pieces_.size(), 1);
  }
  const size_t last = step_end(pieces_, first);
  for (size_t i = first; i < last; ++i) {
    if (pieces_[i].length > 1) {
      lattice_.build(trie_, corpus_.characters(pieces_[i]));
      is_best_whole_[i] = lattice_.best_cut(scores_, path_) <= scores_[i];
      if (is_best_whole_[i]) {
        alternatives_.insert(alternatives_.end(), path_.rbegin(), path_.rend());
      }
    }
    alternative_starts_.push_back(static_cast<uint32_t>(alternatives_.size()));
  }
  return last;
}

void PieceModel::prune(size_t size) {
  struct Candidate {
    uint32_t piece;
    double loss;
  };
  double sum = 0;
  for (const double frequency : frequencies_) sum += frequency;
  double n_sentences = 0;
  for (const Sentence& sentence : corpus_.sentences) n_sentences += sentence.count;
  const double log_sum = std::log(sum);

  std::vector<ScoredPiece> kept{pieces_[Lattice::kUnknownPiece]};
  std::vector<Candidate> candidates;
  for (uint32_t i = 1; i < pieces_.size(); ++i) {
    const double frequency = frequencies_[i];
    const std::span<const int32_t> alternatives(
        alternatives_.data() + alternative_starts_[i],
        alternative_starts_[i + 1] - alternative_starts_[i]);
    if (alternatives.empty()) {
      // Nothing can stand in for it, unless it is never used.
      if (frequency > 0 || is_best_whole_[i]) kept.push_back(pieces_[i]);
      continue;
    }
    if (frequency == 0) continue;
    // How much less probable the corpus gets without the piece, on the assumption that all its uses
    // become uses of what stands in for it. The new sum of frequencies should count only the pieces
    // that stand in; the reference counts all pieces, which matters for the choice, so this does.
    const double log_probability = std::log(frequency) - log_sum;
    const double log_new_sum = std::log(sum + frequency * static_cast<double>(pieces_.size() - 1));
    double log_alternatives = 0;
    for (const int32_t piece : alternatives) {
      log_alternatives += std::log(frequencies_[piece] + frequency) - log_new_sum;
    }
    candidates.push_back({i, frequency / n_sentences * (log_probability - log_alternatives)});
  }
  const auto by_loss = sorted_indices(candidates.size(), [&candidates](uint32_t a, uint32_t b) {
    return candidates[a].loss > candidates[b].loss;
  });
  for (const uint32_t i : by_loss) {
    if (kept.size() >= size) break;
    kept.push_back(pieces_[candidates[i].piece]);
  }
  pieces_ = std::move(kept);
}

}  // namespace kinvec
