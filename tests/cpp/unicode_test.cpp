#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "src/unicode/character.h"
#include "src/unicode/code_point_runs.h"
#include "src/unicode/decomposition.h"
#include "src/unicode/utf8.h"

using namespace kinvec;

namespace {

std::vector<char32_t> decode_all(const std::string& text) {
  std::vector<char32_t> out;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    out.push_back(character.code_point);
    at += character.length;
  }
  return out;
}

std::vector<char32_t> decomposed(char32_t c) {
  char32_t out[kMaxDecomposition];
  const size_t count = canonical_decomposition(c, out);
  return {out, out + count};
}

using Points = std::vector<char32_t>;
constexpr char32_t kBad = kReplacementCharacter;

}  // namespace

TEST_CASE("UTF-8 of every code point decodes to the code point it was encoded from") {
  bool all_equal = true;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    const char* const end = encode_utf8(c, bytes);
    const Utf8Character character = decode_utf8(bytes, end);
    all_equal &= character.code_point == c && character.length == static_cast<size_t>(end - bytes);
  }
  CHECK(all_equal);
}

TEST_CASE("each byte of malformed UTF-8 is one replacement character") {
  CHECK(decode_all("\x80") == Points{kBad});
  CHECK(decode_all("a\xC3") == Points{'a', kBad});
  CHECK(decode_all("\xC3(") == Points{kBad, '('});
  CHECK(decode_all("\xE2\x82") == Points{kBad, kBad});
  CHECK(decode_all("\xF0\x9F\x98") == Points{kBad, kBad, kBad});
  CHECK(decode_all("\xFF\xFE") == Points{kBad, kBad});
}

TEST_CASE("overlong forms, surrogates and what lies above U+10FFFF are malformed") {
  CHECK(decode_all("\xC0\xAF") == Points{kBad, kBad});
  CHECK(decode_all("\xC1\x81") == Points{kBad, kBad});
  CHECK(decode_all("\xE0\x80\xAF") == Points{kBad, kBad, kBad});
  CHECK(decode_all("\xED\xA0\x80") == Points{kBad, kBad, kBad});
  CHECK(decode_all("\xF0\x80\x80\xAF") == Points{kBad, kBad, kBad, kBad});
  CHECK(decode_all("\xF4\x90\x80\x80") == Points{kBad, kBad, kBad, kBad});
  CHECK(decode_all("\xF5\x80\x80\x80") == Points{kBad, kBad, kBad, kBad});
}

TEST_CASE("well-formed UTF-8 is told from malformed, an honest U+FFFD among it") {
  CHECK(is_well_formed_utf8(""));
  CHECK(is_well_formed_utf8("a\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBD"));
  CHECK(!is_well_formed_utf8("a\xC3"));
  CHECK(!is_well_formed_utf8("\xED\xA0\x80"));
}

TEST_CASE("a character above U+FFFF counts two UTF-16 units") {
  CHECK(Utf8Character{0x1F600, 4}.utf16_length() == 2);
  CHECK(Utf8Character{0xFFFD, 3}.utf16_length() == 1);
}

TEST_CASE("all ASCII symbols are punctuation, and so is Unicode's, but not its symbols") {
  for (const char c : std::string("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")) CHECK(is_punctuation(c));
  for (const char32_t c : {U'\u2013', U'\u2026', U'\u00BF', U'\u3002', U'\u0964'}) {
    CHECK(is_punctuation(c));
  }
  for (const char32_t c : {U'a', U'0', U' ', U'\u00A9', U'\u20AC', U'\u2192'}) {
    CHECK(!is_punctuation(c));
  }
}

TEST_CASE("white space is Unicode's White_Space") {
  const Points spaces{0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,   0xA0,   0x1680,
                      0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
                      0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  Points found;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_white_space(c)) found.push_back(c);
  }
  CHECK(found == spaces);
}

TEST_CASE("packed runs cover all code points, and the tables in memory hold what they say") {
  CodePointRuns runs(kCharacterClassRuns);
  char32_t after = 0;
  bool agree = true;
  for (CodePointRun run; runs.next(run);) {
    agree &= run.first == after && run.count > 0;
    after = run.first + run.count;
    for (char32_t c = run.first; c < after; ++c) {
      agree &= general_category(c) == run.category;
      agree &= &character_class(c) == &kCharacterClasses[run.value];
    }
  }
  CHECK(agree);
  CHECK(after == 0x110000);
}

TEST_CASE("word characters are letters, marks, digits and connectors") {
  for (const char32_t c : {U'a', U'7', U'_', U'\u00E9', U'\u0301', U'\u4E2D', U'\u200D'}) {
    CHECK(is_word_character(c));
  }
  for (const char32_t c : {U' ', U'-', U'\u2013', U'\u20AC'}) CHECK(!is_word_character(c));
}

TEST_CASE("lower case follows no locale") {
  const auto lower = [](char32_t c) { return c + character_class(c).lowercase_delta; };
  CHECK(lower('I') == 'i');
  CHECK(lower(0x0401) == 0x0451);    // Cyrillic
  CHECK(lower(0x03A3) == 0x03C3);    // sigma, never the final form
  CHECK(lower(0x1E9E) == 0x00DF);    // capital sharp s
  CHECK(lower(0x10400) == 0x10428);  // Deseret
  CHECK(lower(0x00DF) == 0x00DF);
  CHECK((character_class(0x0130).flags & CharacterClass::kLowercaseExpands) != 0);
  CHECK(kExpandedLowercase[0] == 'i');
  CHECK(kExpandedLowercase[1] == 0x0307);
}

TEST_CASE("canonical decomposition is complete and leaves compatibility characters alone") {
  CHECK(decomposed(0x00E9) == Points{'e', 0x0301});
  CHECK(decomposed(0x1E69) == Points{'s', 0x0323, 0x0307});
  CHECK(decomposed(0x1F82) == Points{0x03B1, 0x0313, 0x0300, 0x0345});
  CHECK(decomposed(0x212B) == Points{'A', 0x030A});
  CHECK(decomposed(0xF900) == Points{0x8C48});
  CHECK(decomposed(0x2F800) == Points{0x4E3D});
  CHECK(decomposed(0x1D160) == Points{0x1D158, 0x1D165, 0x1D16E});
  CHECK(decomposed(0xFB01) == Points{0xFB01});
  CHECK(decomposed(0x2FA1E) == Points{0x2FA1E});
  CHECK(decomposed(0x10FFFF) == Points{0x10FFFF});
  CHECK(decomposed('a') == Points{'a'});
}

TEST_CASE("Hangul syllables decompose by arithmetic") {
  CHECK(decomposed(0xAC00) == Points{0x1100, 0x1161});
  CHECK(decomposed(0xD55C) == Points{0x1112, 0x1161, 0x11AB});
  CHECK(decomposed(0xD7A3) == Points{0x1112, 0x1175, 0x11C2});
  CHECK(decomposed(0xD7A4) == Points{0xD7A4});
}

TEST_CASE("a character is marked as decomposing exactly if it has a decomposition") {
  bool agree = true;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const bool marked = (character_class(c).flags & CharacterClass::kDecomposes) != 0;
    agree &= marked == (decomposed(c) != Points{c});
  }
  CHECK(agree);
}

TEST_CASE("marks are ordered by combining class and keep their order within a class") {
  const auto rank = [](char32_t c) { return character_class(c).combining_rank; };
  CHECK(rank('a') == 0);
  CHECK(rank(0x0334) == 1);             // overlay, class 1
  CHECK(rank(0x0323) < rank(0x0301));   // below before above
  CHECK(rank(0x0301) == rank(0x0308));  // both above
  CHECK(rank(0x0301) < rank(0x0345));   // iota subscript comes last

  // Both ways of sorting, short and long.
  for (const size_t repeats : {1, 100}) {
    std::vector<CombiningMark> run;
    for (size_t i = 0; i < repeats; ++i) {
      for (const char32_t c : {0x0345, 0x0301, 0x0323, 0x0308, 0x0334}) {
        run.push_back({c, rank(c), i % 2 == 0});
      }
    }
    order_marks(run);
    bool ascending = true;
    size_t acutes = 0;
    for (size_t i = 1; i < run.size(); ++i) ascending &= run[i - 1].rank <= run[i].rank;
    for (const auto& mark : run) {
      // Acute and diaeresis have one class and must keep turns.
      if (mark.code_point == 0x0301) ascending &= acutes++ % 2 == 0;
      if (mark.code_point == 0x0308) ascending &= acutes++ % 2 == 1;
    }
    CHECK(ascending);
    CHECK(acutes == 2 * repeats);
    CHECK(run.size() == 5 * repeats);
  }
}
