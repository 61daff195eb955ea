// Properties of single code points, from the generated tables.
// They follow the reference tokenizer, not the newest Unicode version; no locale plays a part.
#pragma once

#include "character_lookup.h"
#include "general_category.h"

namespace kinvec {

/// All properties of a code point up to U+10FFFF in three loads.
inline const CharacterClass& character_class(char32_t c) {
  return kCharacterClasses[kCharacterLookup.classes[c]];
}

/// White_Space of Unicode, U+0009 to U+000D and U+0085 among it.
inline bool is_white_space(char32_t c) {
  return (character_class(c).flags & CharacterClass::kWhiteSpace) != 0;
}

/// ASCII punctuation, $ + < = > ^ ` | ~ among it, or any general category P.
inline bool is_punctuation(char32_t c) {
  return (character_class(c).flags & CharacterClass::kPunctuation) != 0;
}

/// What \w matches in regular expressions of Rust, which the reference uses outside of patterns:
/// letters, marks, decimal digits, letter numbers, connectors, joiners.
inline bool is_word_character(char32_t c) {
  return is_in(c, kWordCategories) || is_in(c, kEnclosedLetters) || c == 0x200C || c == 0x200D;
}

}  // namespace kinvec
