#include "character_set.h"

#include <algorithm>

namespace kinvec {

void CharacterSet::add_range(char32_t first, char32_t last) {
  ranges_.push_back({first, last});
  for (size_t i = ranges_.size() - 1; i > 0 && ranges_[i - 1].first > first; --i) {
    std::swap(ranges_[i - 1], ranges_[i]);
  }
}

void CharacterSet::add_white_space() {
  add_categories(kSeparators);
  add_range(0x09, 0x0D);
  add_range(0x85, 0x85);
}

void CharacterSet::add_word_characters() {
  add_categories(kWordCategories);
  add_ranges(kEnclosedLetters);
}

void CharacterSet::finish(bool inverted) {
  size_t count = 0;
  for (const CodePointRange& range : ranges_) {
    if (count > 0 && range.first <= ranges_[count - 1].last) {
      ranges_[count - 1].last = std::max(ranges_[count - 1].last, range.last);
    } else {
      ranges_[count++] = range;
    }
  }
  ranges_.resize(count);
  inverted_ = inverted;
  beyond_ascii_ = inverted || categories_ != 0 || (count > 0 && ranges_.back().last >= 0x80);
  for (char32_t c = 0; c < 0x80; ++c) bytes_[c] = has(c);
}

bool CharacterSet::has(char32_t c) const {
  bool added = is_in(c, categories_);
  if (!added && !ranges_.empty()) {
    const auto range = std::ranges::lower_bound(ranges_, c, {}, &CodePointRange::last);
    added = range != ranges_.end() && range->first <= c;
  }
  return added != inverted_;
}

const char* CharacterSet::match_beyond_ascii(const char* at, const char* end) const {
  const Utf8Character character = decode_utf8(at, end);
  return has(character.code_point) ? at + character.length : nullptr;
}

const char* CharacterSet::skip_beyond_ascii(const char* at, const char* end) const {
  while (at < end) {
    const char* next = at + 1;
    if (static_cast<uint8_t>(*at) >= 0x80) {
      next = match_beyond_ascii(at, end);
      if (next == nullptr) break;
    } else if (!bytes_[static_cast<uint8_t>(*at)]) {
      break;
    }
    at = next;
  }
  return at;
}

}  // namespace kinvec
