// The four normalization forms of Unicode (UAX 15), character by character: what decomposes to
// what, what composes with what, and what stays as it is. The Unicode version is the reference's.
// It keeps no text; the caller decides what becomes of the pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "code_point_table.h"
#include "normalization_tables.h"

namespace kinvec {

enum class NormalizationForm : uint8_t { kNfd, kNfkd, kNfc, kNfkc };

class Normalization {
 public:
  explicit Normalization(NormalizationForm form);

  bool composes() const {
    return form_ == NormalizationForm::kNfc || form_ == NormalizationForm::kNfkc;
  }

  /// Whether the character stays as it is between characters for which the same holds: it neither
  /// moves nor composes with the one before it, though a mark after it may compose with it.
  bool is_inert(char32_t c) const { return (table_[c] & ~kDecomposesInert) == 0; }

  /// Orders marks as canonical combining classes do; 0: starter.
  uint8_t combining_rank(char32_t c) const { return table_[c] & kRankMask; }

  /// Writes the full decomposition of c to out and answers its length, 1 where c has none. Its
  /// pieces are in canonical order.
  size_t decompose(char32_t c, char32_t out[kMaxCompatibilityDecomposition]) const;

  /// The character that two pieces of decompositions compose to, or 0.
  char32_t compose(char32_t first, char32_t second) const {
    return (table_[second] & kStateMask) == kSecond ? find_pair(first, second) : 0;
  }

 private:
  bool is_compatible() const {
    return form_ == NormalizationForm::kNfkd || form_ == NormalizationForm::kNfkc;
  }

  struct Pair {
    char32_t first;
    char32_t second;
    char32_t composed;  // 0: an empty slot
  };

  // Numbers of table_: a state in the two highest bits, the combining rank below.
  static constexpr uint8_t kRankMask = 0x3F;
  static constexpr uint8_t kStateMask = 0xC0;
  static constexpr uint8_t kDecomposesInert = 0x40;  // and composes to itself again
  static constexpr uint8_t kDecomposes = 0x80;
  static constexpr uint8_t kSecond = 0xC0;  // composes with some character before it

  void add_ranks();
  void add_canonical_decompositions();
  void add_compatibility_decompositions();
  void add_pairs();
  void add_pair(char32_t first, char32_t second, char32_t composed);
  void add_state(char32_t c, uint8_t state) { table_.set(c, state | combining_rank(c)); }
  char32_t find_pair(char32_t first, char32_t second) const;

  NormalizationForm form_;
  CodePointTable table_;
  std::vector<Pair> pairs_;  // a hash table; empty where the form does not compose
};

}  // namespace kinvec
