// Pre-tokenizers, against what the reference gives for the same texts.
#include <doctest/doctest.h>

#include <string>

#include "pre_tokenizer_stages.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("white space is dropped, with runs of word characters apart from others or together") {
  const std::string text = "Hey, you_two: 3.5\u00A0km\u3000-- ok";
  CHECK(words({Stage("Whitespace")}, text) == "Hey|,|you_two|:|3|.|5|km|--|ok");
  CHECK(spans({Stage("Whitespace")}, text) ==
        "0-3 3-4 5-12 12-13 14-15 15-16 16-17 18-20 21-23 24-26");
  CHECK(words({Stage("WhitespaceSplit")}, text) == "Hey,|you_two:|3.5|km|--|ok");
  CHECK(words({Stage("Whitespace")}, " \n ").empty());
}

TEST_CASE("punctuation goes where the behaviour says") {
  const char* const expected[] = {"the|final|countdown", "the|-|final|-|-|countdown|!",
                                  "the-|final-|-|countdown!", "the|-final|-|-countdown|!",
                                  "the|-|final|--|countdown|!"};
  for (size_t i = 0; i < 5; ++i) {
    CHECK(words({Stage("Punctuation").text("behavior", kBehaviors[i])}, "the-final--countdown!") ==
          expected[i]);
  }
  CHECK(words({Stage("Punctuation")}, "a$b\u2014c\u20AC") == "a|$|b|\u2014|c\u20AC");
}

TEST_CASE("numeric characters are words of their own, one by one or in runs") {
  const std::string text = "a12\u00B3\u2167b\U00011DE0 9";
  CHECK(words({Stage("Digits").flag("individual_digits", false)}, text) ==
        "a|12\u00B3\u2167|b|\U00011DE0| |9");
  CHECK(words({Stage("Digits").flag("individual_digits", true)}, text) ==
        "a|1|2|\u00B3|\u2167|b|\U00011DE0| |9");
}

TEST_CASE("a text is cut at one character, or after so many") {
  CHECK(words({Stage("CharDelimiterSplit").text("delimiter", "\u00E9")},
              "\u00E9a\u00E9\u00E9b c") == "a|b c");
  CHECK(words({Stage("FixedLength")}, "h\u00E9llo w\u00F6rld") == "h\u00E9llo| w\u00F6rl|d");
  CHECK(words({Stage("FixedLength").number("length", 2)}, "abc\U0001F600d") == "ab|c\U0001F600|d");
}

TEST_CASE("a word ends where the script changes; kana and ideographs are one script") {
  const Words found =
      split_text({Stage("UnicodeScripts")}, "  ab \u3069\u3053\u4E2D\u30FC\u30AB cd\u0436");
  CHECK(found.texts == "ab |\u3069\u3053\u4E2D\u30FC\u30AB |cd|\u0436");
  CHECK(found.spans == "2-5 5-11 11-13 13-14");
  CHECK(words({Stage("UnicodeScripts")}, "   ").empty());
}

TEST_CASE("bytes become visible characters, which keep the place of what they stand for") {
  const std::string text = "It's 12\u00E9  go\n";
  CHECK(words({byte_level(false, true)}, text) ==
        "It|'s|\u012012|\u00C3\u00A9|\u0120|\u0120go|\u010A");
  CHECK(spans({byte_level(false, true)}, text) == "0-2 2-4 4-7 7-8 8-9 9-12 12-13");
  CHECK(words({byte_level(false, false)}, text) == "It's\u012012\u00C3\u00A9\u0120\u0120go\u010A");
}

TEST_CASE("a space is put before each word that has none") {
  CHECK(words({byte_level(true, true)}, "It's") == "\u0120It|'s");
  CHECK(words({byte_level(true, true)}, " x") == "\u0120x");
  const Words found = split_text({Stage("WhitespaceSplit"), byte_level(true, true)}, "a bc");
  CHECK(found.texts == "\u0120a|\u0120bc");
  CHECK(found.spans == "0-1 2-4");
}

TEST_CASE("spaces become a visible character, with which words begin") {
  const std::string text = "Hey  you\u2581x _y ";
  const std::string rest = "\u2581|\u2581you|\u2581x|\u2581_y|\u2581";
  CHECK(words({metaspace("always")}, text) == "\u2581Hey|" + rest);
  CHECK(spans({metaspace("always")}, text) == "0-3 3-4 4-8 8-10 10-13 13-14");
  CHECK(words({metaspace("never")}, text) == "Hey|" + rest);
  CHECK(words({metaspace("always", false)}, text) ==
        "\u2581Hey\u2581\u2581you\u2581x\u2581_y\u2581");
  CHECK(words({metaspace("always")}, " a") == "\u2581a");
}

TEST_CASE("the first word alone gets the character in front, or each does") {
  CHECK(words({Stage("WhitespaceSplit"), metaspace("always")}, "a bc d") ==
        "\u2581a|\u2581bc|\u2581d");
  CHECK(words({Stage("WhitespaceSplit"), metaspace("first")}, "a bc d") == "\u2581a|bc|d");
}

TEST_CASE("characters behind an inserted one keep their own places") {
  const auto pipeline = pipeline_of({metaspace("always")});
  REQUIRE(pipeline);
  TextScratch scratch;
  pipeline->normalize("abc", 0, scratch);
  pipeline->pre_tokenize(scratch);
  AlignmentCursor cursor(scratch.current.text);
  for (const int32_t place : {0, 3}) CHECK(cursor.end_of(static_cast<uint32_t>(place)) == 1);
  CHECK(cursor.begin_of(4) == 1);
  CHECK(cursor.begin_of(5) == 2);
}

TEST_CASE("Metaspace of old files says whether a space is put in front") {
  const Stage old = Stage("Metaspace").text("replacement", "\u2581").text("str_rep", "\u2581");
  CHECK(words({Stage(old).flag("add_prefix_space", true)}, "a b") == "\u2581a|\u2581b");
  CHECK(words({Stage(old).flag("add_prefix_space", false).text("prepend_scheme", "never")},
              "a b") == "a|\u2581b");
  // The reference takes no such file.
  CHECK(refusal(Stage(old).flag("add_prefix_space", false)).code == ErrorCode::kModelFormat);
}

TEST_CASE("words that are gone stay gone") {
  CHECK(
      words({Stage("WhitespaceSplit"), metaspace("always"), byte_level(true, true)}, "  ").empty());
}

TEST_CASE("what is not supported is refused by name") {
  const Error pattern = refusal(regex("(a)\\1"));
  CHECK(pattern.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(pattern.message.find("(a)\\1") != std::string::npos);
  const Error behavior = refusal(regex("a", "Doubled"));
  CHECK(behavior.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(behavior.message.find("Doubled") != std::string::npos);
  const Error type = refusal(Stage("Jieba"));
  CHECK(type.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(type.message.find("Jieba") != std::string::npos);
  CHECK(refusal(Stage("Whitespace").flag("keep", true)).code == ErrorCode::kUnsupportedTokenizer);
  CHECK(refusal(metaspace("sometimes")).code == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("damaged parameters are told from unsupported ones") {
  CHECK(refusal(Stage("Digits")).code == ErrorCode::kModelFormat);
  CHECK(refusal(Stage("FixedLength").number("length", 0)).code == ErrorCode::kModelFormat);
  CHECK(refusal(Stage("CharDelimiterSplit").text("delimiter", "ab")).code ==
        ErrorCode::kModelFormat);
  CHECK(refusal(Stage("CharDelimiterSplit").text("delimiter", "")).code == ErrorCode::kModelFormat);
  CHECK(refusal(Stage("Split").text("behavior", "Isolated").flag("invert", false)).code ==
        ErrorCode::kModelFormat);
  CHECK(refusal(Stage("ByteLevel")).code == ErrorCode::kModelFormat);
}
