#include "lattice.h"

#include <bit>
#include <limits>

namespace kinvec {
namespace {

constexpr int kExponentBias = 1023;
constexpr int kMantissaBits = 52;

/// 2^exponent, or 0 where that is too small for a sum with 1 to notice.
double power_of_two(int32_t exponent) {
  if (exponent < -kExponentBias + 1) return 0;
  return std::bit_cast<double>(static_cast<uint64_t>(exponent + kExponentBias) << kMantissaBits);
}

}  // namespace

void Lattice::Scaled::add(Scaled term) {
  if (value == 0) {
    *this = term;
  } else if (term.exponent <= exponent) {
    value += term.value * power_of_two(term.exponent - exponent);
  } else {
    value = value * power_of_two(exponent - term.exponent) + term.value;
    exponent = term.exponent;
  }
}

void Lattice::Scaled::normalize() {
  constexpr uint64_t kMantissaMask = (uint64_t{1} << kMantissaBits) - 1;
  const auto bits = std::bit_cast<uint64_t>(value);
  exponent += static_cast<int32_t>(bits >> kMantissaBits) - kExponentBias;
  value = std::bit_cast<double>((bits & kMantissaMask) | uint64_t{kExponentBias} << kMantissaBits);
}

void Lattice::build(const PieceTrie& trie, std::span<const char32_t> sentence) {
  edges_.clear();
  starts_.clear();
  for (uint32_t begin = 0; begin < sentence.size(); ++begin) {
    starts_.push_back(static_cast<uint32_t>(edges_.size()));
    PieceTrie::Node node = trie.child(PieceTrie::kRoot, sentence[begin]);
    if (node.piece == PieceTrie::kNoPiece) edges_.push_back({begin + 1, kUnknownPiece});
    for (uint32_t end = begin + 1; node.exists(); ++end) {
      if (node.piece != PieceTrie::kNoPiece) edges_.push_back({end, node.piece});
      if (end == sentence.size()) break;
      node = trie.child(node.number, sentence[end]);
    }
  }
  starts_.push_back(static_cast<uint32_t>(edges_.size()));
}

void Lattice::add_expected(const std::vector<double>& probabilities, double count,
                           std::vector<double>& expected) {
  const size_t n = n_characters();
  forward_.assign(n + 1, {});
  backward_.assign(n + 1, {});
  forward_[0] = {1, 0};
  for (size_t begin = 0; begin < n; ++begin) {
    const Scaled before = forward_[begin];
    for (const Edge& edge : edges(begin)) {
      forward_[edge.end].add({before.value * probabilities[edge.piece], before.exponent});
    }
    forward_[begin + 1].normalize();
  }
  const Scaled all = forward_[n];
  backward_[n] = {1, 0};
  for (size_t begin = n; begin-- > 0;) {
    const double weight = count * forward_[begin].value / all.value;
    const int32_t exponent = forward_[begin].exponent - all.exponent;
    Scaled sum;
    for (const Edge& edge : edges(begin)) {
      const Scaled after = backward_[edge.end];
      const double through = probabilities[edge.piece] * after.value;
      sum.add({through, after.exponent});
      expected[edge.piece] += weight * through * power_of_two(exponent + after.exponent);
    }
    sum.normalize();
    backward_[begin] = sum;
  }
}

double Lattice::best_path(const std::vector<double>& scores, std::vector<int32_t>& path,
                          size_t longest_piece) {
  const size_t n = n_characters();
  constexpr double kNever = -std::numeric_limits<double>::infinity();
  best_.assign(n + 1, kNever);
  before_.resize(n + 1);
  last_.resize(n + 1);
  best_[0] = 0;
  for (uint32_t begin = 0; begin < n; ++begin) {
    for (const Edge& edge : edges(begin)) {
      if (edge.end - begin > longest_piece) continue;
      const double score = best_[begin] + scores[edge.piece];
      if (score <= best_[edge.end]) continue;
      best_[edge.end] = score;
      before_[edge.end] = begin;
      last_[edge.end] = edge.piece;
    }
  }
  path.clear();
  if (best_[n] == kNever) return kNever;
  for (size_t at = n; at > 0; at = before_[at]) path.push_back(last_[at]);
  return best_[n];
}

}  // namespace kinvec
