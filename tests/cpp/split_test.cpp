// Splits at a string or a pattern, against what the reference gives for the same texts.
#include <doctest/doctest.h>

#include <string>

#include "pre_tokenizer_stages.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("a text is split by a string as by a pattern, the matches or the rest") {
  const char* const expected[5][2] = {
      {"x|y", "ab|ab|ab|ab"},
      {"ab|x|ab|ab|y|ab", "ab|x|ab|ab|y|ab"},
      {"ab|xab|ab|yab", "abx|ab|aby|ab"},
      {"abx|ab|aby|ab", "ab|xab|ab|yab"},
      {"ab|x|abab|y|ab", "ab|x|abab|y|ab"},
  };
  for (size_t i = 0; i < 5; ++i) {
    for (const bool invert : {false, true}) {
      CHECK(words({split("String", "ab", kBehaviors[i], invert)}, "abxababyab") ==
            expected[i][invert]);
      CHECK(words({regex("ab", kBehaviors[i], invert)}, "abxababyab") == expected[i][invert]);
    }
  }
  CHECK(words({split("String", ".*[")}, "a.*[b") == "a|.*[|b");
}

TEST_CASE("a pattern that matches nothing at all splits between characters") {
  const char* const expected[5][2] = {{"a|b", "12"},
                                      {"a|12|b", "a|12|b"},
                                      {"a12|b", "a|12b"},
                                      {"a|12b", "a12|b"},
                                      {"a|12|b", "a|12|b"}};
  for (size_t i = 0; i < 5; ++i) {
    for (const bool invert : {false, true}) {
      CHECK(words({regex("\\d*", kBehaviors[i], invert)}, "a12b") == expected[i][invert]);
    }
  }
  CHECK(words({split("String", "")}, "a\u00E9b") == "a|\u00E9|b");
}

TEST_CASE("several splits follow each other, as DeepSeek's") {
  const std::string han = "[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+";
  CHECK(
      words({regex("\\p{N}{1,3}"), regex(han), byte_level(false, false)}, "a1234 \u4E2D\u304B b") ==
      "a|123|4|\u0120|\u00E4\u00B8\u0143\u00E3\u0123\u012D|\u0120b");
}

TEST_CASE("what splits is left out where the matches are the words, as CLIP's") {
  CHECK(words({regex("'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+", "Removed",
                     true),
               byte_level(false, true)},
              "it's 42!  ok") == "it|'s|4|2|!|ok");
}
