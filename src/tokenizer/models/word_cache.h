// The tokens of words seen before: in running text most words have occurred already.
// It belongs to one model, and forgets everything when it is full.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model.h"
#include "text_hash.h"

namespace kinvec {

class WordCache {
 public:
  WordCache();

  /// Longest word that is kept, in bytes.
  static constexpr size_t kLongestWord = 63;

  /// Appends the tokens of a word, which begin at `begin`; false if it is not known.
  bool find(std::string_view word, uint64_t hash, uint32_t begin, std::vector<Piece>& pieces) const;

  /// Keeps the tokens of a word that is not known and no longer than kLongestWord; they begin at
  /// `begin`.
  void insert(std::string_view word, uint64_t hash, uint32_t begin, std::span<const Piece> pieces);

 private:
  // An entry of the store: a header with the sizes, the word's chunks, then the tokens, each with
  // its id in the low half and its begin and end in the quarters above.
  static constexpr size_t kStoreSize = 1u << 17;  // in 8 bytes
  static constexpr size_t kSlots = 1u << 16;
  static constexpr size_t kMostWords = kSlots / 2;
  static constexpr uint32_t kPlaceMask = kStoreSize - 1;

  static uint32_t tag_of(uint64_t hash) { return static_cast<uint32_t>(hash >> 32) & ~kPlaceMask; }
  void clear();

  std::vector<uint32_t> slots_;  // an entry's place in the low bits, of the hash above; 0: none
  std::vector<uint64_t> store_;
  size_t n_words_ = 0;
};

}  // namespace kinvec
