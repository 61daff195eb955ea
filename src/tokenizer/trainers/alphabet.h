// The characters of the training texts, as far as a vocabulary keeps them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "word_counts.h"

namespace kinvec {

/// Bytes of the character at the start of `text`, which is well-formed and not empty.
size_t character_length(std::string_view text);

/// Adds the characters of a word that occurs `count` times.
void count_characters(std::string_view word, uint64_t count, WordCounts& characters);

/// The characters in ascending order, those of `initial` included. With a limit, only so many: the
/// most frequent, with those of `initial` before all others and the smaller of equally frequent
/// ones first (there the reference's choice is random).
std::vector<std::string> choose_alphabet(WordCounts characters, std::string_view initial,
                                         std::optional<size_t> limit);

}  // namespace kinvec
