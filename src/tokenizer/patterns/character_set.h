// A set of characters: what one character of a pattern may be.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "../../unicode/general_category.h"
#include "../../unicode/utf8.h"

namespace kinvec {

class CharacterSet {
 public:
  void add_categories(CategorySet categories) { categories_ |= categories; }
  /// Quick where ranges come in ascending order.
  void add_range(char32_t first, char32_t last);
  void add_ranges(std::span<const CodePointRange> ranges) {
    for (const CodePointRange& range : ranges) add_range(range.first, range.last);
  }
  size_t range_count() const { return ranges_.size(); }
  void add_white_space();
  void add_word_characters();

  /// Ends the additions. With `inverted`, the set is what was not added.
  void finish(bool inverted);

  bool has(char32_t c) const;

  /// Whether a character of the set can begin with this byte.
  bool may_begin_with(uint8_t byte) const { return byte < 0x80 ? bytes_[byte] : beyond_ascii_; }

  /// The place after the character at `at`, or null if it is not in the set or `at` is the end.
  const char* match(const char* at, const char* end) const {
    if (at == end) return nullptr;
    const auto byte = static_cast<uint8_t>(*at);
    if (byte >= 0x80) return match_beyond_ascii(at, end);
    return bytes_[byte] ? at + 1 : nullptr;
  }

  /// The place after all characters of the set that follow each other from `at` on.
  const char* skip(const char* at, const char* end) const {
    while (at < end && bytes_[static_cast<uint8_t>(*at)]) ++at;
    return at == end || static_cast<uint8_t>(*at) < 0x80 ? at : skip_beyond_ascii(at, end);
  }

 private:
  // Apart, so that what ASCII needs stays small enough to be inlined.
  const char* match_beyond_ascii(const char* at, const char* end) const;
  const char* skip_beyond_ascii(const char* at, const char* end) const;

  std::array<bool, 256> bytes_{};  // [byte] the ASCII characters of the set
  CategorySet categories_ = 0;
  bool inverted_ = false;
  bool beyond_ascii_ = false;           // whether anything beyond ASCII can be in the set
  std::vector<CodePointRange> ranges_;  // ascending; apart once finished
};

}  // namespace kinvec
