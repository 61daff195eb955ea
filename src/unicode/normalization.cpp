#include "normalization.h"

#include <algorithm>
#include <iterator>

#include "character.h"
#include "decomposition.h"
#include "utf8.h"

namespace kinvec {
namespace {

static_assert(kMaxCompatibilityDecomposition >= kMaxDecomposition);

// Slots for about a thousand pairs, so that half of them stay empty.
constexpr int kPairBits = 11;

uint32_t slot_of(char32_t first, char32_t second) {
  return (first * 0x9E3779B1u ^ second * 0x85EBCA77u) >> (32 - kPairBits);
}

/// Calls `each` with every character that has a canonical decomposition, but Hangul's.
template <class Each>
void for_each_decomposing(Each each) {
  for (size_t run = 0; run < std::size(kDecompositionFirst); ++run) {
    for (uint32_t i = 0; i < kDecompositionCount[run]; ++i) each(kDecompositionFirst[run] + i);
  }
}

}  // namespace

Normalization::Normalization(NormalizationForm form) : form_(form) {
  add_ranks();
  add_canonical_decompositions();
  if (form == NormalizationForm::kNfkd || form == NormalizationForm::kNfkc) {
    add_compatibility_decompositions();
  }
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
  for_each_decomposing([&](char32_t c) {
    char32_t pieces[kMaxDecomposition];
    add_state(c, canonical_decomposition(c, pieces) > 1 ? recomposing : kDecomposes);
  });
  CodePointRuns excluded(kCompositionExclusions);
  for (CodePointRun run; excluded.next(run);) {
    for (uint32_t i = 0; i < run.count; ++i) add_state(run.first + i, kDecomposes);
  }
  table_.set(kHangulSyllableBase, kHangulSyllableCount, recomposing);
}

void Normalization::add_compatibility_decompositions() {
  CodePointRuns runs(kCompatibilityLengths);
  uint16_t offset = 0;
  for (CodePointRun run; runs.next(run);) {
    compatible_.push_back({run.first, run.count, offset, run.value});
    offset = static_cast<uint16_t>(offset + run.count * run.value);
    for (uint32_t i = 0; i < run.count; ++i) add_state(run.first + i, kDecomposes);
  }
}

/// A character that composes to itself again is a pair of what its pieces but the last compose to,
/// and the last. So shorter decompositions come first.
void Normalization::add_pairs() {
  pairs_.resize(size_t{1} << kPairBits);
  for (size_t length = 2; length <= kMaxDecomposition; ++length) {
    for_each_decomposing([&](char32_t c) {
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

const Normalization::CompatibilityRun* Normalization::find_compatible(char32_t c) const {
  const auto after = std::upper_bound(
      compatible_.begin(), compatible_.end(), c,
      [](char32_t value, const CompatibilityRun& run) { return value < run.first; });
  if (after == compatible_.begin()) return nullptr;
  const CompatibilityRun& run = after[-1];
  return c - run.first < run.count ? &run : nullptr;
}

size_t Normalization::decompose(char32_t c, char32_t out[kMaxCompatibilityDecomposition]) const {
  out[0] = c;
  const uint8_t state = table_[c] & kStateMask;
  if (state == 0 || state == kSecond) return 1;
  const CompatibilityRun* run = find_compatible(c);
  if (run == nullptr) return canonical_decomposition(c, out);

  const auto* at = reinterpret_cast<const char*>(kCompatibilityTexts) + run->offset +
                   static_cast<size_t>(c - run->first) * run->length;
  const char* const end = at + run->length;
  size_t count = 0;
  while (at < end) {
    const Utf8Character piece = decode_utf8(at, end);
    out[count++] = piece.code_point;
    at += piece.length;
  }
  return count;
}

}  // namespace kinvec
