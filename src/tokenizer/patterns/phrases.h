// Alternatives of published patterns that are more than one set of characters after another, each
// with a function of its own that matches it.
#pragma once

#include <cstdint>
#include <string_view>

namespace kinvec {

/// What a search remembers of one phrase, so that no run of characters is looked through twice for
/// the same answer.
struct PhraseMemo {
  const char* until = nullptr;  // the phrase matches nowhere before this place
  const char* next = nullptr;   // a place from which `count` digits follow
  uint64_t count = 0;
};

struct Phrase {
  enum Start : uint8_t { kApostrophe, kDigit, kWhiteSpace, kAnything };

  std::string_view text;  // as the pattern spells it
  /// The end of the match that begins at `at`, which is before `end`; null if there is none.
  const char* (*match)(const char* at, const char* end, PhraseMemo& memo);
  Start start;

  /// Whether a match can begin with this byte.
  bool may_begin_with(uint8_t byte) const;
};

/// The phrase that `pattern` begins with, if it is a whole alternative there; otherwise null.
const Phrase* find_phrase(std::string_view pattern);

}  // namespace kinvec
