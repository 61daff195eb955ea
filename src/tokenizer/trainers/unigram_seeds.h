// The pieces that the training of a unigram model begins with.
#pragma once

#include <cstdint>
#include <vector>

#include "piece_trie.h"
#include "repeated_substrings.h"
#include "training_corpus.h"

namespace kinvec {

struct ScoredPiece : Substring {
  double score;  // natural logarithm of the probability
};

struct CharacterUse {
  char32_t character;
  uint32_t position;  // of one occurrence in the corpus
  double count;       // in the texts
};

/// Counts the characters of a corpus.
class CharacterCounts {
 public:
  void add(const TrainingCorpus& corpus, const Sentence& sentence);
  const std::vector<CharacterUse>& uses() const { return uses_; }

 private:
  PieceTrie numbers_;
  std::vector<CharacterUse> uses_;
};

/// The unknown piece, all characters, and those repeated substrings that cover most of the text,
/// `seed_size` pieces at most (more only if there are more characters). As in the reference, a
/// substring's occurrences are counted in the distinct words, a character's in the texts. The
/// substrings must be in the order of their characters.
std::vector<ScoredPiece> choose_seeds(const std::vector<CharacterUse>& characters,
                                      const std::vector<RepeatedSubstring>& substrings,
                                      size_t seed_size);

}  // namespace kinvec
