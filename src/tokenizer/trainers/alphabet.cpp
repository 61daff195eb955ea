#include "alphabet.h"

#include <algorithm>

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

std::vector<std::string> choose_alphabet(const WordCounts& characters, std::string_view initial,
                                         std::optional<size_t> limit) {
  struct Entry {
    std::string_view character;
    uint64_t count;
  };
  std::vector<Entry> entries;
  for (uint32_t i = 0; i < characters.size(); ++i) {
    entries.push_back({characters.word(i), characters.count(i)});
  }
  while (!initial.empty()) {
    const size_t length = character_length(initial);
    entries.push_back({initial.substr(0, length), UINT64_MAX});
    initial.remove_prefix(length);
  }

  // The order of the bytes of UTF-8 is that of the code points. Of equal characters the one with
  // the higher count stays.
  const auto by_character = [](const Entry& a, const Entry& b) {
    return a.character != b.character ? a.character < b.character : a.count > b.count;
  };
  const auto by_count = [&](const Entry& a, const Entry& b) {
    return a.count != b.count ? a.count > b.count : by_character(a, b);
  };
  std::sort(entries.begin(), entries.end(), by_character);
  entries.erase(
      std::unique(entries.begin(), entries.end(),
                  [](const Entry& a, const Entry& b) { return a.character == b.character; }),
      entries.end());
  if (limit && *limit < entries.size()) {
    std::sort(entries.begin(), entries.end(), by_count);
    entries.resize(*limit);
    std::sort(entries.begin(), entries.end(), by_character);
  }

  std::vector<std::string> alphabet;
  for (const Entry& entry : entries) alphabet.emplace_back(entry.character);
  return alphabet;
}

}  // namespace kinvec
