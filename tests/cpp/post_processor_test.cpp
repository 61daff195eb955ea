// Truncation, overflow and special tokens, against what the reference gives for the same texts.
#include "src/tokenizer/post_processors/post_processor.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "gguf_builder.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

constexpr auto kLongestFirst = TruncationStrategy::kLongestFirst;
constexpr auto kOnlyFirst = TruncationStrategy::kOnlyFirst;
constexpr auto kOnlySecond = TruncationStrategy::kOnlySecond;

/// A sequence of one-letter tokens, whose ids are the letters.
TokenSequence sequence(const std::string& letters) {
  TokenSequence made;
  for (size_t i = 0; i < letters.size(); ++i) {
    const auto at = static_cast<int32_t>(i);
    made.tokens.push_back({letters[i], at, at + 1, at});
  }
  return made;
}

std::string letters(const Tokens& tokens) { return {tokens.ids.begin(), tokens.ids.end()}; }

struct Outcome {
  ErrorCode code = ErrorCode::kOk;
  std::string text;  // the tokens, then each part of the overflow
};

Outcome process(const PostProcessor& processor, const std::string& first, const std::string& second,
                EncodeOptions options) {
  options.overflow = true;
  const TokenSequence a = sequence(first);
  const TokenSequence b = sequence(second);
  PostScratch scratch;
  Encoding encoding;
  const auto done = processor.process(a, second.empty() ? nullptr : &b, options, scratch, encoding);
  if (!done) return {done.error().code, {}};
  Outcome outcome{ErrorCode::kOk, letters(encoding)};
  for (const Tokens& part : encoding.overflow) outcome.text += " " + letters(part);
  return outcome;
}

std::string cut(const std::string& first, const std::string& second, size_t limit,
                TruncationStrategy strategy, TruncationSide side = TruncationSide::kRight,
                size_t stride = 0) {
  return process({}, first, second,
                 {.max_tokens = limit, .strategy = strategy, .side = side, .stride = stride})
      .text;
}

/// What reading a template answers that names these texts.
ErrorCode read_template(const std::vector<std::string>& single,
                        const std::vector<std::string>& pair) {
  GgufBuilder file;
  const std::string prefix = "kinvec.tokenizer.post_processors.";
  file.set_uint(prefix + "count", 1).set_string(prefix + "0.type", "TemplateProcessing");
  const auto add = [&](const std::string& at, const std::vector<std::string>& texts) {
    file.set_uint(at + ".count", static_cast<uint32_t>(texts.size()));
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::string piece = at + "." + std::to_string(i) + ".Sequence.";
      file.set_string(piece + "id", texts[i]).set_uint(piece + "type_id", 0);
    }
  };
  add(prefix + "0.single", single);
  add(prefix + "0.pair", pair);
  const auto bytes = file.build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  PostProcessor processor;
  const auto read = processor.read(*gguf);
  return read ? ErrorCode::kOk : read.error().code;
}

}  // namespace

TEST_CASE("the longer of two texts loses tokens until both are equally long") {
  CHECK(cut("abcde", "fg", 6, kLongestFirst) == "abcdfg efg");
  CHECK(cut("ab", "cdefg", 6, kLongestFirst) == "abcdef abg");
  CHECK(cut("abcde", "fg", 3, kLongestFirst) == "abf cdf cdg ef eg abg");
  CHECK(cut("ab", "cdefg", 3, kLongestFirst) == "acd bcd bef bg aef ag");
  CHECK(cut("abcde", "fg", 1, kLongestFirst) == "a b bfg c cfg d dfg e efg afg");
  CHECK(cut("ab", "cdefg", 1, kLongestFirst) == "c abc abd abe abf abg d e f g");
  CHECK(cut("abcdefg", "", 3, kLongestFirst) == "abc def g");
  CHECK(cut("abcdefg", "", 7, kLongestFirst) == "abcdefg");
}

TEST_CASE("a limit of nothing leaves everything over") {
  CHECK(cut("abcde", "fg", 0, kLongestFirst) == " abcde abcdefg fg");
  CHECK(cut("abcdefg", "", 0, kOnlyFirst) == " abcdefg");
}

TEST_CASE("one text alone may be told to lose tokens") {
  CHECK(cut("abcde", "fg", 3, kOnlyFirst) == "afg bfg cfg dfg efg");
  CHECK(cut("ab", "cdefg", 3, kOnlySecond) == "abc abd abe abf abg");
}

TEST_CASE("tokens are cut from the left where told so") {
  const auto left = TruncationSide::kLeft;
  CHECK(cut("abcde", "fg", 3, kLongestFirst, left) == "deg bcg bcf ag af def");
  CHECK(cut("abcdefg", "", 5, kLongestFirst, left, 1) == "cdefg abc");
  CHECK(cut("ab", "cdefg", 5, kOnlySecond, left, 1) == "abefg abcde");
}

TEST_CASE("parts have a stride of tokens in common") {
  CHECK(cut("abcde", "fg", 5, kLongestFirst, TruncationSide::kRight, 1) == "abcfg cdefg");
  CHECK(cut("abcdefg", "", 5, kOnlyFirst, TruncationSide::kRight, 1) == "abcde efg");
}

TEST_CASE("what cannot be cut as told is an error") {
  const auto code = [](const char* first, const char* second, EncodeOptions options) {
    return process({}, first, second, options).code;
  };
  CHECK(code("ab", "cdefg", {.max_tokens = 5, .strategy = kOnlyFirst}) == ErrorCode::kTextTooLong);
  CHECK(code("abcdefg", "", {.max_tokens = 5, .strategy = kOnlySecond}) ==
        ErrorCode::kInvalidArgument);
  CHECK(code("abcdefg", "", {.max_tokens = 3, .stride = 3}) == ErrorCode::kInvalidArgument);
  CHECK(code("abc", "", {.max_tokens = 3, .stride = 3}) == ErrorCode::kOk);
}

TEST_CASE("special tokens take their room from the texts and are never cut") {
  PostProcessor processor;
  processor.special_tokens = Template::around({'['}, {']'});
  CHECK(process(processor, "abcde", "", {.max_tokens = 5}).text == "[abc] [de]");
  CHECK(process(processor, "abcde", "fg", {.max_tokens = 7}).text == "[ab]fg] [cd]fg] [e]fg]");
  CHECK(process(processor, "abcde", "", {.max_tokens = 1}).text == "[] [abcde]");
  CHECK(process(processor, "ab", "", {.add_special_tokens = false}).text == "ab");
}

TEST_CASE("type ids, word ids and the mask tell texts and special tokens apart") {
  PostProcessor processor;
  processor.special_tokens = Template::around({'['}, {']'});
  const TokenSequence a = sequence("ab");
  const TokenSequence b = sequence("c");
  PostScratch scratch;
  Encoding encoding;
  REQUIRE(processor.process(a, &b, {}, scratch, encoding));
  CHECK(letters(encoding) == "[ab]c]");
  CHECK(encoding.type_ids == std::vector<int32_t>{0, 0, 0, 0, 1, 1});
  CHECK(encoding.word_ids == std::vector<int32_t>{-1, 0, 1, -1, 0, -1});
  CHECK(encoding.special_tokens_mask == std::vector<uint8_t>{1, 0, 0, 1, 0, 1});
  CHECK(encoding.offsets == std::vector<int32_t>{0, 0, 0, 1, 1, 2, 0, 0, 0, 1, 0, 0});
  CHECK(encoding.n_tokens_full == 6);
}

TEST_CASE("trimmed offsets leave white space out, but not the space that was put before the text") {
  PostProcessor processor;
  processor.trimming = OffsetTrimming{.add_prefix_space = true};
  TokenSequence tokens;
  const auto add = [&](int32_t begin, int32_t end, SpaceCounts spaces) {
    tokens.tokens.push_back({'x', begin, end, 0});
    tokens.spaces.push_back(spaces);
  };
  add(0, 5, {1, 0});
  add(5, 9, {1, 0});
  add(9, 14, {2, 1});
  add(14, 16, {2, 2});
  PostScratch scratch;
  Encoding encoding;
  REQUIRE(processor.process(tokens, nullptr, {}, scratch, encoding));
  CHECK(encoding.offsets == std::vector<int32_t>{0, 5, 6, 9, 11, 13, 16, 16});
  processor.trimming->add_prefix_space = false;
  REQUIRE(processor.process(tokens, nullptr, {}, scratch, encoding));
  CHECK(encoding.offsets[0] == 1);
}

TEST_CASE("a template has each of its texts once, so that the limit holds") {
  CHECK(read_template({"A"}, {"A", "B"}) == ErrorCode::kOk);
  CHECK(read_template({"A", "A"}, {"A", "B"}) == ErrorCode::kUnsupportedTokenizer);
  CHECK(read_template({"A"}, {"A", "B", "B"}) == ErrorCode::kUnsupportedTokenizer);
  CHECK(read_template({"A", "B"}, {"A", "B"}) == ErrorCode::kModelFormat);
  CHECK(read_template({"A"}, {"A"}) == ErrorCode::kModelFormat);
}
