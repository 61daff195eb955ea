#include "phrases.h"

#include <array>

#include "../../unicode/character.h"
#include "../../unicode/general_category.h"
#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

// ---- Contractions: 's 't 're 've 'm 'll 'd

enum class Case { kExact, kAscii, kUnicode };

/// The place after the letter at `at` if it is `letter`, a small one; otherwise null.
template <Case kCase>
const char* match_letter(const char* at, const char* end, char letter) {
  if (at == end) return nullptr;
  if (*at == letter) return at + 1;
  if (kCase != Case::kExact && *at == letter - 0x20) return at + 1;
  // U+017F, the long s, is the only other character that folds to one of these letters.
  if (kCase == Case::kUnicode && letter == 's' && end - at >= 2 && at[0] == '\xC5' &&
      at[1] == '\xBF') {
    return at + 2;
  }
  return nullptr;
}

template <Case kCase>
const char* match_contraction(const char* at, const char* end) {
  if (at == end || *at != '\'') return nullptr;
  ++at;
  for (const char* letters : {"s", "t", "re", "ve", "m", "ll", "d"}) {
    const char* stop = match_letter<kCase>(at, end, letters[0]);
    if (stop != nullptr && letters[1] != '\0') stop = match_letter<kCase>(stop, end, letters[1]);
    if (stop != nullptr) return stop;
  }
  return nullptr;
}

template <Case kCase>
const char* match_contraction(const char* at, const char* end, PhraseMemo&) {
  return match_contraction<kCase>(at, end);
}

// ---- White space

/// Walks over white space and calls `visit(character, place, place after)` for each.
template <class Visit>
const char* walk_white_space(const char* at, const char* end, Visit visit) {
  while (at < end) {
    const Utf8Character character = decode_utf8(at, end);
    if (!is_white_space(character.code_point)) break;
    visit(character.code_point, at, at + character.length);
    at += character.length;
  }
  return at;
}

/// \s+(?!\S): white space but its last character, which belongs to the text that follows.
const char* match_space_before_space(const char* at, const char* end, PhraseMemo&) {
  const char* last = at;
  const char* const stop = walk_white_space(
      at, end, [&last](char32_t, const char* place, const char*) { last = place; });
  if (stop == end && stop > at) return stop;
  return last > at ? last : nullptr;
}

/// \s*[\r\n]+: white space up to its last line break.
const char* match_line_breaks(const char* at, const char* end, PhraseMemo& memo) {
  if (at < memo.until) return nullptr;
  const char* found = nullptr;
  memo.until = walk_white_space(at, end, [&found](char32_t c, const char*, const char* after) {
    if (c == '\r' || c == '\n') found = after;
  });
  return found;
}

/// \s+$: white space before the end of the text or before a line feed.
const char* match_space_before_end(const char* at, const char* end, PhraseMemo& memo) {
  if (at < memo.until) return nullptr;
  const char* found = nullptr;
  const char* const stop =
      walk_white_space(at, end, [&](char32_t c, const char* place, const char*) {
        if (c == '\n' && place > at) found = place;
      });
  if (stop == end && stop > at) return stop;
  memo.until = stop;
  return found;
}

/// \s++$: white space before the end of the text.
const char* match_space_at_end(const char* at, const char* end, PhraseMemo& memo) {
  if (at < memo.until) return nullptr;
  const char* const stop = walk_white_space(at, end, [](char32_t, const char*, const char*) {});
  if (stop == end && stop > at) return stop;
  memo.until = stop;
  return nullptr;
}

/// (?:\r?\n)+(?!\r?\n)
const char* match_line_feeds(const char* at, const char* end, PhraseMemo&) {
  const char* const begin = at;
  for (;;) {
    const char* const feed = at < end && *at == '\r' ? at + 1 : at;
    if (feed == end || *feed != '\n') return at > begin ? at : nullptr;
    at = feed + 1;
  }
}

// ---- Digits in groups of three, counted from the right: \d{1,3}(?=(?:\d{3})*\b)

bool is_word_character_at(const char* at, const char* end) {
  const char32_t c = decode_utf8(at, end).code_point;
  return is_in(c, kWordCategories) || is_in(c, kEnclosedLetters) || is_in(c, kLatin1WordNumbers);
}

const char* match_digit_group(const char* at, const char* end, PhraseMemo& memo) {
  if (at < memo.until) return nullptr;
  const auto length_of_digit = [end](const char* place) -> uint32_t {
    if (place == end) return 0;
    const Utf8Character character = decode_utf8(place, end);
    const bool is_digit = general_category(character.code_point) == GeneralCategory::kNd;
    return is_digit ? character.length : 0;
  };
  if (at != memo.next || memo.count == 0) {
    memo = {nullptr, at, 0};
    const char* stop = at;
    while (const uint32_t length = length_of_digit(stop)) {
      stop += length;
      ++memo.count;
    }
    if (stop < end && is_word_character_at(stop, end)) {
      memo.until = stop;
      return nullptr;
    }
  }
  if (memo.count == 0) return nullptr;
  const uint64_t group = (memo.count - 1) % 3 + 1;
  for (uint64_t i = 0; i < group; ++i) memo.next += length_of_digit(memo.next);
  memo.count -= group;
  return memo.next;
}

// ---- Words that end where lower case turns to upper case

constexpr CategorySet kUpper = category_set(GeneralCategory::kLu, GeneralCategory::kLt,
                                            GeneralCategory::kLm, GeneralCategory::kLo) |
                               kMarks;
constexpr CategorySet kLower =
    category_set(GeneralCategory::kLl, GeneralCategory::kLm, GeneralCategory::kLo) | kMarks;

/// A character at some place, if it may belong to such a word.
struct WordCharacter {
  const char* after;       // place after it
  CategorySet categories;  // its category as a set, or the empty set
};

template <bool kHan>
WordCharacter word_character(const char* at, const char* end) {
  if (at == end) return {at, 0};
  const auto byte = static_cast<uint8_t>(*at);
  if (byte < 0x80) return {at + 1, category_set(ascii_general_category(byte))};
  const Utf8Character character = decode_utf8(at, end);
  const char* const after = at + character.length;
  if (!kHan && is_han(character.code_point)) return {after, 0};
  return {after, category_set(general_category(character.code_point))};
}

/// Upper* Lower+
template <bool kHan>
const char* match_lower_word(const char* at, const char* end) {
  const char* lower_end = nullptr;  // after the last character that is of both kinds
  WordCharacter next = word_character<kHan>(at, end);
  for (; (next.categories & kUpper) != 0; next = word_character<kHan>(at, end)) {
    at = next.after;
    if ((next.categories & kLower) != 0) lower_end = at;
  }
  if ((next.categories & kLower) == 0) return lower_end;
  for (; (next.categories & kLower) != 0; next = word_character<kHan>(at, end)) at = next.after;
  return at;
}

/// Upper+ Lower*
template <bool kHan>
const char* match_upper_word(const char* at, const char* end) {
  const char* const begin = at;
  WordCharacter next = word_character<kHan>(at, end);
  for (; (next.categories & kUpper) != 0; next = word_character<kHan>(at, end)) at = next.after;
  if (at == begin) return nullptr;
  for (; (next.categories & kLower) != 0; next = word_character<kHan>(at, end)) at = next.after;
  return at;
}

/// [^\r\n\p{L}\p{N}]? and a word, and a contraction with kContraction.
template <const char* (*kWord)(const char*, const char*), bool kContraction>
const char* match_cased_word(const char* at, const char* end, PhraseMemo&) {
  const Utf8Character first = decode_utf8(at, end);
  const char* stop = nullptr;
  if (first.code_point != '\r' && first.code_point != '\n' &&
      !is_in(first.code_point, kLetters | kNumbers)) {
    stop = kWord(at + first.length, end);
  }
  if (stop == nullptr) stop = kWord(at, end);
  if (stop == nullptr || !kContraction) return stop;
  const char* const contraction = match_contraction<Case::kUnicode>(stop, end);
  return contraction != nullptr ? contraction : stop;
}

constexpr Phrase kPhrases[] = {
    {"'s|'t|'re|'ve|'m|'ll|'d", match_contraction<Case::kExact>, Phrase::kApostrophe},
    {"'(?:[sdmt]|ll|ve|re)", match_contraction<Case::kExact>, Phrase::kApostrophe},
    {"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])", match_contraction<Case::kAscii>,
     Phrase::kApostrophe},
    {"(?i:'s|'t|'re|'ve|'m|'ll|'d)", match_contraction<Case::kUnicode>, Phrase::kApostrophe},
    {"'(?i:[sdmt]|ll|ve|re)", match_contraction<Case::kUnicode>, Phrase::kApostrophe},
    {"\\s+(?!\\S)", match_space_before_space, Phrase::kWhiteSpace},
    {"\\s*[\\r\\n]+", match_line_breaks, Phrase::kWhiteSpace},
    {"\\s*[\\r\\n]", match_line_breaks, Phrase::kWhiteSpace},
    {"\\s+$", match_space_before_end, Phrase::kWhiteSpace},
    {"\\s++$", match_space_at_end, Phrase::kWhiteSpace},
    {"(?:\\r?\\n)+(?!\\r?\\n)", match_line_feeds, Phrase::kWhiteSpace},
    {"\\d{1,3}(?=(?:\\d{3})*\\b)", match_digit_group, Phrase::kDigit},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+",
     match_cased_word<match_lower_word<true>, false>, Phrase::kAnything},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*",
     match_cased_word<match_upper_word<true>, false>, Phrase::kAnything},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
     "(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
     match_cased_word<match_lower_word<true>, true>, Phrase::kAnything},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
     "(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
     match_cased_word<match_upper_word<true>, true>, Phrase::kAnything},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*"
     "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
     match_cased_word<match_lower_word<false>, true>, Phrase::kAnything},
    {"[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+"
     "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
     match_cased_word<match_upper_word<false>, true>, Phrase::kAnything},
};

}  // namespace

bool Phrase::may_begin_with(uint8_t byte) const {
  switch (start) {
    case kApostrophe:
      return byte == '\'';
    case kDigit:
      return byte >= 0x80 || (byte >= '0' && byte <= '9');
    case kWhiteSpace:
      return byte >= 0x80 || is_white_space(byte);
    case kAnything:
      return true;
  }
}

const Phrase* find_phrase(std::string_view pattern) {
  for (const Phrase& phrase : kPhrases) {
    if (!pattern.starts_with(phrase.text)) continue;
    if (pattern.size() == phrase.text.size() || pattern[phrase.text.size()] == '|') return &phrase;
  }
  return nullptr;
}

}  // namespace kinvec
