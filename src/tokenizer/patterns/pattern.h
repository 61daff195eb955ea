// Regular expressions, as far as published tokenizers use them: alternatives of a few character
// sets each, tried in order. A pattern beyond that is not understood, never approximated.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "character_set.h"
#include "phrases.h"

namespace kinvec {

/// A character set and how many of its characters a match takes: as many as it can.
struct PatternItem {
  static constexpr uint32_t kUnbounded = UINT32_MAX;

  uint32_t least = 1;
  uint32_t most = 1;        // if kUnbounded, `least` is 0 or 1
  bool possessive = false;  // gives nothing back
  CharacterSet set;
};

/// One alternative: one of the three. After an item that repeats, no later item needs a character,
/// so that matching never goes back but over an item that is optional.
struct PatternAlternative {
  static constexpr size_t kMaxItems = 32;

  const Phrase* phrase = nullptr;
  std::string literal;  // if not empty
  std::vector<PatternItem> items;
  bool is_run = false;  // the items are A?B+
};

class Pattern {
 public:
  static constexpr size_t kMaxAlternatives = 16;

  /// A regular expression in Oniguruma's Ruby syntax, the reference's. Nothing if it is not
  /// understood.
  static std::optional<Pattern> regex(std::string_view expression);

  /// Matches `text` itself.
  static Pattern literal(std::string_view text);

 private:
  friend class PatternSearch;
  explicit Pattern(std::vector<PatternAlternative> alternatives);

  std::vector<PatternAlternative> alternatives_;
  std::array<uint16_t, 256>
      candidates_{};           // [byte] alternatives a match of which may begin with it
  uint16_t may_be_empty_ = 0;  // alternatives that may match the empty text
};

/// The matches of a pattern in a text, leftmost first, one after the other. Time is linear in the
/// text's length.
class PatternSearch {
 public:
  /// The pattern must outlive the search.
  explicit PatternSearch(const Pattern& pattern) : pattern_(pattern) {}

  /// Begins with a text, which must outlive the search. It must lie behind earlier ones in the same
  /// buffer, since the memory of phrases is kept.
  void start(std::string_view text) {
    at_ = text.data();
    end_ = at_ + text.size();
    stop_ = nullptr;
  }

  /// Finds the next match, which may be empty, though never where the last one ended.
  bool next();

  const char* match_begin() const { return begin_; }
  const char* match_end() const { return stop_; }

 private:
  /// The end of the match at a place, or null.
  const char* match(const char* at);

  const Pattern& pattern_;
  const char* at_ = nullptr;  // null when there are no more
  const char* end_ = nullptr;
  const char* begin_ = nullptr;
  const char* stop_ = nullptr;
  std::array<PhraseMemo, Pattern::kMaxAlternatives> memos_{};
};

}  // namespace kinvec
