#include "normalization.h"

#include <algorithm>
#include <span>

#include "character.h"
#include "code_point_runs.h"
#include "decomposition.h"
#include "normalization_tables.h"

namespace kinvec {
namespace {

static_assert(kMaxCompatibilityDecomposition >= kMaxDecomposition);

// Slots for about a thousand pairs, so that half of them stay empty.
constexpr int kPairBits = 11;

uint32_t slot_of(char32_t first, char32_t second) {
  return (first * 0x9E3779B1u ^ second * 0x85EBCA77u) >> (32 - kPairBits);
}

/// What NFKD takes further apart than NFD does. The first call unpacks it.
const DecompositionTexts& compatibility_decompositions() {
  static const DecompositionTexts kTexts(code_points_in(kCompatibilityCharacters),
                                         kCompatibilityTexts);
  return kTexts;
}

/// Calls `each` with every character that decomposes.
template <class Each>
void for_each_character(const DecompositionTexts& texts, Each each) {
  for (const DecompositionRun& run : texts.runs()) {
    for (uint32_t i = 0; i < run.count; ++i) each(run.first + i);
  }
}

}  // namespace

Normalization::Normalization(NormalizationForm form) : form_(form) {
  add_ranks();
  add_canonical_decompositions();
  if (is_compatible()) add_compatibility_decompositions();
  if (composes()) add_pairs();
}

void Normalization::add_ranks() {
  for (char32_t c = 0; c < kCombiningRankEnd; ++c) {
    const uint8_t rank = character_class(c).combining_rank;
    if (rank != 0) table_.set(c, rank);
  }
}

void Normalization::add_canonical_decompositions() {
  const uint8_t recomposing = composes() ? kDecomposesInert : kDecomposes;
  for_each_character(canonical_decompositions(), [&](char32_t c) {
    char32_t pieces[kMaxDecomposition];
    add_state(c, canonical_decomposition(c, pieces) > 1 ? recomposing : kDecomposes);
  });
  for (const char32_t c : code_points_in(kCompositionExclusions)) add_state(c, kDecomposes);
  table_.set(kHangulSyllableBase, kHangulSyllableCount, recomposing);
}

void Normalization::add_compatibility_decompositions() {
  for_each_character(compatibility_decompositions(),
                     [&](char32_t c) { add_state(c, kDecomposes); });
}

/// A character that composes to itself again is a pair of what its pieces but the last compose to,
/// and the last. So shorter decompositions come first.
void Normalization::add_pairs() {
  pairs_.resize(size_t{1} << kPairBits);
  for (size_t length = 2; length <= kMaxDecomposition; ++length) {
    for_each_character(canonical_decompositions(), [&](char32_t c) {
      if ((table_[c] & kStateMask) == kDecomposes) return;
      char32_t pieces[kMaxDecomposition];
      if (canonical_decomposition(c, pieces) != length) return;
      char32_t first = pieces[0];
      for (size_t i = 1; i + 1 < length; ++i) first = find_pair(first, pieces[i]);
      add_pair(first, pieces[length - 1], c);
    });
  }
  for (char32_t c = kHangulVowelBase; c < kHangulVowelBase + kHangulVowelCount; ++c) {
    add_state(c, kSecond);
  }
  for (char32_t c = kHangulTailBase + 1; c < kHangulTailBase + kHangulTailCount; ++c) {
    add_state(c, kSecond);
  }
}

void Normalization::add_pair(char32_t first, char32_t second, char32_t composed) {
  uint32_t slot = slot_of(first, second);
  while (pairs_[slot].composed != 0) slot = (slot + 1) % pairs_.size();
  pairs_[slot] = {first, second, composed};
  add_state(second, kSecond);
}

char32_t Normalization::find_pair(char32_t first, char32_t second) const {
  if (second - kHangulVowelBase < kHangulVowelCount) {
    const uint32_t lead = first - kHangulLeadBase;
    if (lead >= kHangulLeadCount) return 0;
    const uint32_t syllable = lead * kHangulVowelCount + (second - kHangulVowelBase);
    return kHangulSyllableBase + syllable * kHangulTailCount;
  }
  if (second - kHangulTailBase < kHangulTailCount) {
    const uint32_t syllable = first - kHangulSyllableBase;
    const bool open = syllable < kHangulSyllableCount && syllable % kHangulTailCount == 0;
    return open ? first + (second - kHangulTailBase) : 0;
  }
  for (uint32_t slot = slot_of(first, second);; slot = (slot + 1) % pairs_.size()) {
    const Pair& pair = pairs_[slot];
    if (pair.composed == 0 || (pair.first == first && pair.second == second)) return pair.composed;
  }
}

size_t Normalization::decompose(char32_t c, char32_t out[kMaxCompatibilityDecomposition]) const {
  out[0] = c;
  const uint8_t state = table_[c] & kStateMask;
  if (state == 0 || state == kSecond) return 1;
  const std::span<const char32_t> pieces =
      is_compatible() ? compatibility_decompositions().find(c) : std::span<const char32_t>();
  if (pieces.empty()) return canonical_decomposition(c, out);
  std::copy(pieces.begin(), pieces.end(), out);
  return pieces.size();
}

}  // namespace kinvec
