// Canonical decomposition (NFD): single characters and the order of combining marks.
// It keeps no text; the caller decides what becomes of the pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "decomposition_texts.h"

namespace kinvec {

// Hangul syllables decompose and compose by arithmetic (Unicode Standard, section 3.12).
inline constexpr char32_t kHangulSyllableBase = 0xAC00;
inline constexpr char32_t kHangulLeadBase = 0x1100;
inline constexpr char32_t kHangulVowelBase = 0x1161;
inline constexpr char32_t kHangulTailBase = 0x11A7;  // stands for no tail
inline constexpr uint32_t kHangulLeadCount = 19;
inline constexpr uint32_t kHangulVowelCount = 21;
inline constexpr uint32_t kHangulTailCount = 28;
inline constexpr uint32_t kHangulSyllableCount =
    kHangulLeadCount * kHangulVowelCount * kHangulTailCount;

/// Most code points that one character decomposes to.
inline constexpr size_t kMaxDecomposition = 4;

/// All full canonical decompositions but Hangul's. The first call unpacks them.
const DecompositionTexts& canonical_decompositions();

/// Writes the full canonical decomposition of c to out and answers its length, 1 where c has none.
/// The pieces of one character are in canonical order.
size_t canonical_decomposition(char32_t c, char32_t out[kMaxDecomposition]);

/// One combining mark of a run between two starters.
struct CombiningMark {
  char32_t code_point;
  uint8_t rank;          // CharacterClass::combining_rank, never 0
  bool opens_character;  // first piece of a character of the source
};

/// Puts a run of marks into canonical order: by rank, marks of equal rank stay as they are.
/// Linear in the length of the run.
void order_marks(std::vector<CombiningMark>& run);

}  // namespace kinvec
