// Numbers of all code points in two loads: the general category, and the class of properties.
// The generated tables are packed, so they are unpacked into these before main() or, of a
// WebAssembly module, when it is instantiated. Initializers of other globals must not look anything
// up.
#pragma once

#include <cstdint>

#include "character_tables.h"
#include "general_category_tables.h"

namespace kinvec {

inline constexpr uint32_t kLookupPageSize = 1u << kLookupPageBits;

/// A byte for each code point up to U+10FFFF. Equal pages are kept once.
template <uint32_t kPageCount>
struct TwoStageTable {
  static_assert(kPageCount <= 256);

  uint8_t operator[](char32_t c) const {
    return pages[page_of_block[c >> kLookupPageBits]][c & (kLookupPageSize - 1)];
  }

  uint8_t page_of_block[0x110000 >> kLookupPageBits];
  uint8_t pages[kPageCount][kLookupPageSize];
};

struct CharacterLookup {
  CharacterLookup();

  TwoStageTable<kCategoryPageCount> categories;
  TwoStageTable<kCharacterPageCount> classes;  // indices of kCharacterClasses
};

extern const CharacterLookup kCharacterLookup;

}  // namespace kinvec
