#include "pattern.h"

#include <bit>
#include <cstring>

namespace kinvec {
namespace {

/// The end of a match of all items from `item` to `last`, or null.
const char* match_items(const PatternItem* item, const PatternItem* last, const char* at,
                        const char* end) {
  // Where an optional character was taken: matching goes on behind its item, but without it.
  struct Retry {
    const PatternItem* item;
    const char* at;
  };
  std::array<Retry, PatternAlternative::kMaxItems> retries;
  Retry* retry = retries.data();
  for (; item != last; ++item) {
    bool found = true;
    if (item->most == PatternItem::kUnbounded) {
      const char* const next = item->set.skip(at, end);
      found = item->least == 0 || next > at;
      at = next;
    } else if (item->most == 1) {
      const char* const next = item->set.match(at, end);
      found = item->least == 0 || next != nullptr;
      if (next != nullptr) {
        if (item->least == 0 && !item->possessive) *retry++ = {item, at};
        at = next;
      }
    } else {
      uint32_t count = 0;
      for (; count < item->most; ++count) {
        const char* const next = item->set.match(at, end);
        if (next == nullptr) break;
        at = next;
      }
      found = count >= item->least;
    }
    if (found) continue;
    if (retry == retries.data()) return nullptr;
    --retry;
    item = retry->item;
    at = retry->at;
  }
  return at;
}

/// match_items for what most words of most patterns match: A?B+.
const char* match_run(const PatternItem& prefix, const PatternItem& body, const char* at,
                      const char* end) {
  if (const char* const next = prefix.set.match(at, end)) {
    const char* const stop = body.set.skip(next, end);
    if (stop > next) return stop;
    if (prefix.possessive) return nullptr;
  }
  const char* const stop = body.set.skip(at, end);
  return stop > at ? stop : nullptr;
}

bool is_run(const std::vector<PatternItem>& items) {
  return items.size() == 2 && items[0].least == 0 && items[0].most == 1 && items[1].least == 1 &&
         items[1].most == PatternItem::kUnbounded;
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
    alternatives_[i].is_run = is_run(alternatives_[i].items);
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
    if (alternative.is_run) {
      stop = match_run(alternative.items[0], alternative.items[1], at, end_);
    } else if (alternative.phrase != nullptr) {
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
  for (const char* at = at_; at != nullptr;) {
    if (pattern_.may_be_empty_ == 0) {
      while (at < end_ && pattern_.candidates_[static_cast<uint8_t>(*at)] == 0) ++at;
    }
    const char* const stop = match(at);
    // A match may be empty, but not right where the last one ended.
    if (stop != nullptr && (stop > at || at != stop_)) {
      begin_ = at;
      stop_ = stop;
      at_ = stop;
      return true;
    }
    if (at == end_) break;
    do ++at;
    while (at < end_ && is_utf8_continuation(*at));
  }
  at_ = nullptr;
  return false;
}

}  // namespace kinvec
