#include "pattern.h"

#include <bit>
#include <cstring>

namespace kinvec {
namespace {

/// The end of a match of all items from `item` on, or null.
const char* match_items(const PatternItem* item, const PatternItem* last, const char* at,
                        const char* end) {
  for (; item != last; ++item) {
    if (item->most == 1) {
      const char* const next = item->set.match(at, end);
      if (item->least == 0) {
        if (next == nullptr) continue;
        const char* const stop = match_items(item + 1, last, next, end);
        if (stop != nullptr || item->possessive) return stop;
        continue;
      }
      if (next == nullptr) return nullptr;
      at = next;
      continue;
    }
    uint32_t count = 0;
    if (item->most == PatternItem::kUnbounded && item->least <= 1) {
      const char* const next = item->set.skip(at, end);
      if (next == at && item->least == 1) return nullptr;
      at = next;
      continue;
    }
    for (; count < item->most; ++count) {
      const char* const next = item->set.match(at, end);
      if (next == nullptr) break;
      at = next;
    }
    if (count < item->least) return nullptr;
  }
  return at;
}

bool may_be_empty(const PatternAlternative& alternative) {
  if (alternative.phrase != nullptr || !alternative.literal.empty()) return false;
  for (const PatternItem& item : alternative.items) {
    if (item.least > 0) return false;
  }
  return true;
}

bool may_begin_with(const PatternAlternative& alternative, uint8_t byte) {
  if (alternative.phrase != nullptr) return alternative.phrase->may_begin_with(byte);
  if (!alternative.literal.empty()) return static_cast<uint8_t>(alternative.literal[0]) == byte;
  for (const PatternItem& item : alternative.items) {
    if (item.set.may_begin_with(byte)) return true;
    if (item.least > 0) return false;
  }
  return true;  // the empty match
}

}  // namespace

Pattern::Pattern(std::vector<PatternAlternative> alternatives)
    : alternatives_(std::move(alternatives)) {
  for (size_t i = 0; i < alternatives_.size(); ++i) {
    const auto bit = static_cast<uint16_t>(1u << i);
    if (may_be_empty(alternatives_[i])) may_be_empty_ |= bit;
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const bool continues = (byte & 0xC0) == 0x80;  // begins no character
      if (!continues && may_begin_with(alternatives_[i], static_cast<uint8_t>(byte))) {
        candidates_[byte] |= bit;
      }
    }
  }
}

Pattern Pattern::literal(std::string_view text) {
  std::vector<PatternAlternative> alternatives(1);
  alternatives[0].literal = text;
  return Pattern(std::move(alternatives));
}

const char* PatternSearch::match(const char* at) {
  uint32_t candidates =
      at == end_ ? pattern_.may_be_empty_ : pattern_.candidates_[static_cast<uint8_t>(*at)];
  for (; candidates != 0; candidates &= candidates - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(candidates));
    const PatternAlternative& alternative = pattern_.alternatives_[i];
    const char* stop = nullptr;
    if (alternative.phrase != nullptr) {
      stop = alternative.phrase->match(at, end_, memos_[i]);
    } else if (!alternative.literal.empty()) {
      const size_t size = alternative.literal.size();
      const bool fits = static_cast<size_t>(end_ - at) >= size;
      if (fits && std::memcmp(at, alternative.literal.data(), size) == 0) stop = at + size;
    } else {
      const PatternItem* const items = alternative.items.data();
      stop = match_items(items, items + alternative.items.size(), at, end_);
    }
    if (stop != nullptr) return stop;
  }
  return nullptr;
}

bool PatternSearch::next() {
  const auto character_after = [this](const char* at) -> const char* {
    if (at == end_) return nullptr;
    do ++at;
    while (at < end_ && is_utf8_continuation(*at));
    return at;
  };
  for (const char* at = at_; at != nullptr; at = character_after(at)) {
    const char* const stop = match(at);
    if (stop == nullptr) continue;
    if (stop == at && at == stop_) continue;  // empty, right where the last match ended
    begin_ = at;
    stop_ = stop;
    at_ = stop;
    return true;
  }
  at_ = nullptr;
  return false;
}

}  // namespace kinvec
