#include "unigram_seeds.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../../sort_indices.h"
#include "sort_numbers.h"

namespace kinvec {

void CharacterCounts::add(const TrainingCorpus& corpus, const Sentence& sentence) {
  for (uint32_t at = sentence.begin; at < sentence.begin + sentence.length; ++at) {
    const char32_t c = corpus.text[at];
    const PieceTrie::Node node = numbers_.child(PieceTrie::kRoot, c);
    const size_t number = node.exists() ? static_cast<size_t>(node.piece) : uses_.size();
    if (!node.exists()) {
      numbers_.add({&c, 1}, static_cast<int32_t>(number));
      uses_.push_back({c, at, 0});
    }
    uses_[number].count += sentence.count;
  }
}

std::vector<ScoredPiece> choose_seeds(const std::vector<CharacterUse>& characters,
                                      const std::vector<RepeatedSubstring>& substrings,
                                      size_t seed_size) {
  std::vector<ScoredPiece> seeds{{{0, 0}, std::numeric_limits<double>::quiet_NaN()}};
  const auto by_count = sorted_indices(characters.size(), [&](uint32_t a, uint32_t b) {
    const CharacterUse& x = characters[a];
    const CharacterUse& y = characters[b];
    return x.count != y.count ? x.count > y.count : x.character > y.character;
  });
  for (const uint32_t i : by_count) {
    const CharacterUse& use = characters[i];
    // As a character of a text, a boundary can be no piece.
    if (use.character != TrainingCorpus::kBoundary) seeds.push_back({{use.position, 1}, use.count});
  }

  // By the characters that all occurrences cover, then by the order of the substrings' characters,
  // both descending.
  std::vector<uint64_t> keys;
  for (uint32_t i = 0; i < substrings.size(); ++i) {
    const uint64_t coverage = uint64_t{substrings[i].frequency} * substrings[i].length;
    keys.push_back(~(std::min<uint64_t>(coverage, UINT32_MAX) << 32 | i));
  }
  sort_numbers(keys);
  for (const uint64_t key : keys) {
    if (seeds.size() > seed_size) break;
    seeds.push_back({substrings[static_cast<uint32_t>(~key)], static_cast<double>(~key >> 32)});
  }

  double sum = 0;
  for (size_t i = 1; i < seeds.size(); ++i) sum += seeds[i].score;
  const double log_sum = std::log(sum);
  for (size_t i = 1; i < seeds.size(); ++i) seeds[i].score = std::log(seeds[i].score) - log_sum;
  return seeds;
}

}  // namespace kinvec
