#include "decomposition.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "character.h"
#include "utf8.h"

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

}  // namespace

size_t canonical_decomposition(char32_t c, char32_t out[kMaxDecomposition]) {
  out[0] = c;
  if (c - kHangulSyllableBase < kHangulSyllableCount)
    return decompose_syllable(c - kHangulSyllableBase, out);

  const uint32_t* after =
      std::upper_bound(std::begin(kDecompositionFirst), std::end(kDecompositionFirst), c);
  if (after == std::begin(kDecompositionFirst)) return 1;
  const size_t run = after - std::begin(kDecompositionFirst) - 1;
  const uint32_t place = c - kDecompositionFirst[run];
  if (place >= kDecompositionCount[run]) return 1;

  const uint32_t length = kDecompositionLength[run];
  const auto* at = reinterpret_cast<const char*>(kDecompositions) + kDecompositionOffset[run] +
                   static_cast<size_t>(place) * length;
  const char* const end = at + length;
  size_t count = 0;
  while (at < end && count < kMaxDecomposition) {
    const Utf8Character piece = decode_utf8(at, end);
    out[count++] = piece.code_point;
    at += piece.length;
  }
  return count;
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
