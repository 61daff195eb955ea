#include "alphabet.h"

#include "../../sort_indices.h"
#include "../../unicode/utf8.h"

namespace kinvec {

size_t character_length(std::string_view text) {
  return decode_utf8(text.data(), text.data() + text.size()).length;
}

void count_characters(std::string_view word, uint64_t count, WordCounts& characters) {
  while (!word.empty()) {
    const size_t length = character_length(word);
    characters.add(word.substr(0, length), count);
    word.remove_prefix(length);
  }
}

std::vector<std::string> choose_alphabet(WordCounts characters, std::string_view initial,
                                         std::optional<size_t> limit) {
  constexpr uint64_t kAboveAll = uint64_t{1} << 62;
  count_characters(initial, kAboveAll, characters);

  const auto is_smaller = [&characters](uint32_t a, uint32_t b) {
    // The order of the bytes of UTF-8 is that of the code points.
    return characters.word(a) < characters.word(b);
  };
  std::vector<uint8_t> is_kept(characters.size(), 1);
  if (limit && *limit < characters.size()) {
    const auto by_count = sorted_indices(characters.size(), [&](uint32_t a, uint32_t b) {
      if (characters.count(a) != characters.count(b)) {
        return characters.count(a) > characters.count(b);
      }
      return is_smaller(a, b);
    });
    for (size_t i = *limit; i < by_count.size(); ++i) is_kept[by_count[i]] = 0;
  }
  std::vector<std::string> alphabet;
  for (const uint32_t i : sorted_indices(characters.size(), is_smaller)) {
    if (is_kept[i] != 0) alphabet.emplace_back(characters.word(i));
  }
  return alphabet;
}

}  // namespace kinvec
