#include "unigram_seeds.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kinvec {

void CharacterCounts::add(const TrainingCorpus& corpus, const Sentence& sentence) {
  for (uint32_t at = sentence.begin; at < sentence.begin + sentence.length; ++at) {
    const char32_t c = corpus.text[at];
    uint32_t node = numbers_.child(PieceTrie::kRoot, c);
    if (node == PieceTrie::kNoNode) {
      node = numbers_.add({&c, 1}, static_cast<int32_t>(uses_.size()));
      uses_.push_back({c, at, 0});
    }
    uses_[numbers_.piece(node)].count += sentence.count;
  }
}

std::vector<ScoredPiece> choose_seeds(const TrainingCorpus& corpus,
                                      std::vector<CharacterUse> characters,
                                      std::vector<RepeatedSubstring> substrings, size_t seed_size) {
  std::sort(characters.begin(), characters.end(), [](const CharacterUse& a, const CharacterUse& b) {
    return a.count != b.count ? a.count > b.count : a.character > b.character;
  });

  const auto coverage = [](const RepeatedSubstring& substring) {
    return uint64_t{substring.frequency} * substring.length;
  };
  const auto better = [&](const RepeatedSubstring& a, const RepeatedSubstring& b) {
    if (coverage(a) != coverage(b)) return coverage(a) > coverage(b);
    const auto x = corpus.characters(a);
    const auto y = corpus.characters(b);
    return std::lexicographical_compare(y.begin(), y.end(), x.begin(), x.end());
  };
  const size_t n_wanted = seed_size > characters.size() ? seed_size - characters.size() : 0;
  if (n_wanted < substrings.size()) {
    std::nth_element(substrings.begin(), substrings.begin() + static_cast<ptrdiff_t>(n_wanted),
                     substrings.end(), better);
    substrings.resize(n_wanted);
  }
  std::sort(substrings.begin(), substrings.end(), better);

  std::vector<ScoredPiece> seeds{{{0, 0}, std::numeric_limits<double>::quiet_NaN()}};
  for (const CharacterUse& use : characters) {
    // As a character of a text, a boundary can be no piece.
    if (use.character != TrainingCorpus::kBoundary) seeds.push_back({{use.position, 1}, use.count});
  }
  for (const RepeatedSubstring& substring : substrings) {
    seeds.push_back({substring, static_cast<double>(coverage(substring))});
  }
  double sum = 0;
  for (size_t i = 1; i < seeds.size(); ++i) sum += seeds[i].score;
  const double log_sum = std::log(sum);
  for (size_t i = 1; i < seeds.size(); ++i) seeds[i].score = std::log(seeds[i].score) - log_sum;
  return seeds;
}

}  // namespace kinvec
