// The patterns of published tokenizers, against what the reference makes of them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "src/tokenizer/patterns/pattern.h"

using namespace kinvec;

namespace {

/// The matches of a pattern and what lies between them, between bars.
std::string pieces(const std::string& expression, const std::string& text) {
  const auto pattern = Pattern::regex(expression);
  REQUIRE(pattern);
  std::string found;
  const auto add = [&found](const char* begin, const char* end) {
    if (begin == end) return;
    if (!found.empty()) found += "|";
    found.append(begin, end);
  };
  PatternSearch search(*pattern);
  search.start(text);
  const char* rest = text.data();
  while (search.next()) {
    add(rest, search.match_begin());
    add(search.match_begin(), search.match_end());
    rest = search.match_end();
  }
  add(rest, text.data() + text.size());
  return found;
}

size_t count_of(CategorySet categories) {
  size_t count = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    count += is_in(c, categories) ? 1 : 0;
  }
  return count;
}

const std::string kText =
    "I'LL say: we'\u017F HTTPServer2024's caf\u00E9 \u4E2D\u6587\u304B\u306A  \t\r\n\n  "
    "12345\u00B2!!/\n  ";

const std::string kGpt2 =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const std::string kLlama3 =
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
    "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const std::string kO200k =
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+"
    "|\\s+(?!\\S)|\\s+";

}  // namespace

TEST_CASE("general categories are those of the reference's regular expressions") {
  CHECK(count_of(kLetters) == 141028);
  CHECK(count_of(kMarks) == 2501);
  CHECK(count_of(kNumbers) == 1911);
  CHECK(count_of(kPunctuation) == 855);
  CHECK(count_of(kSymbols) == 8514);
  CHECK(count_of(kSeparators) == 19);
  CHECK(count_of(kOthers) == 957236);
  CHECK(general_category(0x01C5) == GeneralCategory::kLt);
  CHECK(general_category(0xA7CB) == GeneralCategory::kLu);  // since Unicode 16
}

TEST_CASE("GPT-2's words") {
  CHECK(pieces(kGpt2, kText) ==
        "I|'|LL| say|:| we|'|\u017F| HTTPServer|2024|'s| caf\u00E9| \u4E2D\u6587\u304B\u306A"
        "|  \t\r\n\n | 12345\u00B2|!!/|\n  ");
}

TEST_CASE("Llama 3's words: any case of contractions, three digits, line breaks by themselves") {
  CHECK(pieces(kLlama3, kText) ==
        "I|'LL| say|:| we|'\u017F| HTTPServer|202|4|'s| caf\u00E9| \u4E2D\u6587\u304B\u306A"
        "|  \t\r\n\n| | |123|45\u00B2|!!/\n|  ");
}

TEST_CASE("GPT-4o's words take contractions along and end between cases") {
  CHECK(pieces(kO200k, kText) ==
        "I'LL| say|:| we'\u017F| HTTPServer|202|4|'s| caf\u00E9| \u4E2D\u6587\u304B\u306A"
        "|  \t\r\n\n| | |123|45\u00B2|!!/\n|  ");
  CHECK(pieces(kO200k, "oneTwoTHREEfour A\u02B0BC") == "one|Two|THREEfour| A\u02B0|BC");
}

TEST_CASE("DeepSeek's words, with line breaks in the pattern itself") {
  CHECK(pieces("[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
               "|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+"
               "|\\s+(?!\\S)|\\s+",
               kText) ==
        "I|'LL| say|:| we|'|\u017F| HTTPServer|2024|'s| caf\u00E9| \u4E2D\u6587\u304B\u306A"
        "|  \t\r\n\n| | |12345\u00B2|!!/\n|  ");
  CHECK(pieces("[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+", kText).find("| |") ==
        std::string::npos);
}

TEST_CASE("BLOOM's words, by a class within a class") {
  CHECK(pieces(" ?[^(\\s|[.,!?\u2026\u3002\uFF0C\u3001\u0964\u06D4\u060C])]+", kText) ==
        "I'LL| say:| we'\u017F| HTTPServer2024's| caf\u00E9| \u4E2D\u6587\u304B\u306A"
        "|  \t\r\n\n | 12345\u00B2|!!|/|\n  ");
}

TEST_CASE("digits in groups from the right, as long as no letter follows") {
  CHECK(pieces("\\d{1,3}(?=(?:\\d{3})*\\b)", "1234567 89 123456x \u0661\u0662\u0663\u0664") ==
        "1|234|567| |89| 123456x |\u0661|\u0662\u0663\u0664");
}

TEST_CASE("white space before the end of a line, and line feeds together") {
  CHECK(pieces("\\s+$", "a  \n b ") == "a|  |\n b| ");
  CHECK(pieces("(?:\\r?\\n)+(?!\\r?\\n)", "a\n\r\nb\rc") == "a|\n\r\n|b\rc");
}

TEST_CASE("word characters alone and in a class differ by the oddity of the reference") {
  CHECK(pieces("\\w+|[^\\w\\s]+", "a\u00B2-\u00B2x") == "a\u00B2|-\u00B2|x");
  CHECK(pieces("[\\w]+", "a\u00B2x") == "a|\u00B2|x");
}

TEST_CASE("counts take as many characters as they may; one counted again takes any number") {
  CHECK(pieces("\\d{2,3}", "1234 5 67") == "123|4 5 |67");
  CHECK(pieces("\\d{1,3}+", "12345") == "12345");
  CHECK(pieces(" {2,}", "a b   c") == "a b|   |c");
  CHECK(pieces("a?a", "aaa") == "aa|a");
  CHECK(pieces("a?+a", "aaa") == "aa|a");
}

TEST_CASE("what is not understood is no pattern, however small the difference") {
  for (const char* expression :
       {"\\b",     "(a)",     "a+b",         "^a",     "a$",          "a*?",
        "[a",      "[]",      "[^]",         "[z-a]",  "a{3,2}",      "a{,3}",
        "a{1000}", "(?i)a",   "\\p{Latin}",  "\\p{l}", "[[:alpha:]]", "[a&&b]",
        "[\\S]",   "[a-\\d]", "\\s+(?!\\s)", "\\x41",  "a**",         "\\"}) {
    CAPTURE(expression);
    CHECK(!Pattern::regex(expression));
  }
}

TEST_CASE("few items that a match may do without, as each may double the ways to try") {
  CHECK(pieces("a?b?c?d?e", "abcde bde") == "abcde| |bde");
  CHECK(Pattern::regex("a?+b?+c?+d?+e?+f"));
  CHECK(!Pattern::regex("a?b?c?d?e?f"));
}

TEST_CASE("time is linear in the length of runs that look like more than they are") {
  const size_t length = 300000;
  const std::vector<std::string> texts = {
      std::string(length, ' ') + "x", std::string(length, '1') + "x",
      std::string(length, 'A') + "1", std::string(length, '\r') + "x"};
  for (const std::string& text : texts) {
    for (const std::string& expression :
         {kGpt2, kLlama3, kO200k, std::string("\\s*[\\r\\n]+|."), std::string("\\s+$|."),
          std::string("\\s++$|."), std::string("\\d{1,3}(?=(?:\\d{3})*\\b)|."),
          std::string("(?:\\r?\\n)+(?!\\r?\\n)|.")}) {
      const auto pattern = Pattern::regex(expression);
      REQUIRE(pattern);
      PatternSearch search(*pattern);
      search.start(text);
      size_t covered = 0;
      while (search.next())
        covered += static_cast<size_t>(search.match_end() - search.match_begin());
      CHECK(covered == text.size());
    }
  }
}
