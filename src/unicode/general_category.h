// General categories of code points, as \p{...} of the reference's regular expressions knows them.
// Other stages ask libraries of other Unicode versions: character.h is about those.
#pragma once

#include <span>

#include "character_lookup.h"

namespace kinvec {

inline GeneralCategory general_category(char32_t c) {
  return static_cast<GeneralCategory>(kCharacterLookup.categories[c]);
}

/// The same for ASCII, which lies in the first page: one load.
inline GeneralCategory ascii_general_category(uint8_t c) {
  return static_cast<GeneralCategory>(kCharacterLookup.categories.pages[0][c]);
}

/// A set of general categories, one bit for each.
using CategorySet = uint32_t;

template <class... Categories>
constexpr CategorySet category_set(Categories... categories) {
  return ((CategorySet{1} << static_cast<int>(categories)) | ...);
}

/// The categories from `first` to `last` of the enumeration, in which major classes lie together.
constexpr CategorySet category_range(GeneralCategory first, GeneralCategory last) {
  return (CategorySet{2} << static_cast<int>(last)) - (CategorySet{1} << static_cast<int>(first));
}

inline constexpr CategorySet kLetters = category_range(GeneralCategory::kLu, GeneralCategory::kLo);
inline constexpr CategorySet kMarks = category_range(GeneralCategory::kMn, GeneralCategory::kMe);
inline constexpr CategorySet kNumbers = category_range(GeneralCategory::kNd, GeneralCategory::kNo);
inline constexpr CategorySet kPunctuation =
    category_range(GeneralCategory::kPc, GeneralCategory::kPo);
inline constexpr CategorySet kSymbols = category_range(GeneralCategory::kSm, GeneralCategory::kSo);
inline constexpr CategorySet kSeparators =
    category_range(GeneralCategory::kZs, GeneralCategory::kZp);
inline constexpr CategorySet kOthers = category_range(GeneralCategory::kCc, GeneralCategory::kCn);

inline bool is_in(char32_t c, CategorySet categories) {
  return (categories >> static_cast<int>(general_category(c)) & 1) != 0;
}

constexpr bool is_in(char32_t c, std::span<const CodePointRange> ascending) {
  for (const CodePointRange& range : ascending) {
    if (c <= range.last) return c >= range.first;
  }
  return false;
}

/// Whether a code point belongs to the script Han.
constexpr bool is_han(char32_t c) { return is_in(c, kHanRanges); }

/// What \w matches: these categories, and letters in circles and squares, which are alphabetic.
inline constexpr CategorySet kWordCategories =
    kLetters | kMarks |
    category_set(GeneralCategory::kNd, GeneralCategory::kNl, GeneralCategory::kPc);
inline constexpr CodePointRange kEnclosedLetters[] = {
    {0x24B6, 0x24E9}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}};
/// Superscripts and fractions, which \w and \b take for word characters too, though [\w] does not:
/// an oddity of the reference's library.
inline constexpr CodePointRange kLatin1WordNumbers[] = {{0xB2, 0xB3}, {0xB9, 0xB9}, {0xBC, 0xBE}};

}  // namespace kinvec
