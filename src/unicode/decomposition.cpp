#include "decomposition.h"

#include <algorithm>
#include <array>

#include "character.h"
#include "normalization_tables.h"

namespace kinvec {
namespace {

// Runs up to this length are sorted by insertion, in less time than counting ranks takes.
constexpr size_t kShortRun = 24;

size_t decompose_syllable(uint32_t index, char32_t* out) {
  out[0] = kHangulLeadBase + index / (kHangulVowelCount * kHangulTailCount);
  out[1] = kHangulVowelBase + index / kHangulTailCount % kHangulVowelCount;
  if (index % kHangulTailCount == 0) return 2;
  out[2] = kHangulTailBase + index % kHangulTailCount;
  return 3;
}

std::vector<char32_t> decomposing_characters() {
  std::vector<char32_t> characters;
  for (char32_t c = 0; c < kCanonicalEnd; ++c) {
    const bool decomposes = (character_class(c).flags & CharacterClass::kDecomposes) != 0;
    if (decomposes && c - kHangulSyllableBase >= kHangulSyllableCount) characters.push_back(c);
  }
  return characters;
}

}  // namespace

const DecompositionTexts& canonical_decompositions() {
  static const DecompositionTexts kTexts(decomposing_characters(), kCanonicalTexts);
  return kTexts;
}

size_t canonical_decomposition(char32_t c, char32_t out[kMaxDecomposition]) {
  out[0] = c;
  if (c - kHangulSyllableBase < kHangulSyllableCount)
    return decompose_syllable(c - kHangulSyllableBase, out);

  const std::span<const char32_t> pieces = canonical_decompositions().find(c);
  if (pieces.empty()) return 1;
  std::copy(pieces.begin(), pieces.end(), out);
  return pieces.size();
}

void order_marks(std::vector<CombiningMark>& run) {
  if (run.size() <= kShortRun) {
    for (size_t i = 1; i < run.size(); ++i) {
      const CombiningMark mark = run[i];
      size_t at = i;
      for (; at > 0 && run[at - 1].rank > mark.rank; --at) run[at] = run[at - 1];
      run[at] = mark;
    }
    return;
  }
  std::array<uint32_t, 257> place{};  // of the next mark of each rank
  for (const CombiningMark& mark : run) ++place[mark.rank + 1];
  for (size_t rank = 1; rank < place.size(); ++rank) place[rank] += place[rank - 1];
  std::vector<CombiningMark> ordered(run.size());
  for (const CombiningMark& mark : run) ordered[place[mark.rank]++] = mark;
  run.swap(ordered);
}

}  // namespace kinvec
