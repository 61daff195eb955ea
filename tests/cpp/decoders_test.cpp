// Decoders, against what the reference gives for the same tokens.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "gguf_builder.h"
#include "src/tokenizer/decoders/decoder.h"
#include "stage_reading.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

/// The parameters of one decoder, its type among them.
class Described {
 public:
  explicit Described(const std::string& type) { builder_.set_string("decoder.type", type); }

  Described& with(const std::string& name, const char* value) {
    builder_.set_string("decoder." + name, value);
    return *this;
  }
  Described& with(const std::string& name, bool value) {
    builder_.set_bool("decoder." + name, value);
    return *this;
  }
  Described& with(const std::string& name, uint32_t value) {
    builder_.set_uint("decoder." + name, value);
    return *this;
  }

  /// What the decoder makes of the tokens, end to end; its error, if it cannot be read.
  std::string decode(std::vector<std::string> tokens) const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    const auto decoder = testing::read_described(*gguf, "decoder", read_decoder);
    if (!decoder) return decoder.error().message;
    (*decoder)->decode(tokens);
    std::string text;
    for (const std::string& token : tokens) text += token;
    return text;
  }

  ErrorCode error() const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    const auto decoder = testing::read_described(*gguf, "decoder", read_decoder);
    return decoder ? ErrorCode::kOk : decoder.error().code;
  }

 private:
  GgufBuilder builder_;
};

const std::string kReplacement = "\xEF\xBF\xBD";

}  // namespace

TEST_CASE("byte-level tokens are joined before their bytes become text") {
  const Described decoder("ByteLevel");
  CHECK(decoder.decode({"\xC4\xA0"
                        "caf",
                        "\xC3\x83", "\xC2\xA9"}) == " caf\xC3\xA9");
  CHECK(decoder.decode({}).empty());
}

TEST_CASE("a byte-level token with a character outside of the alphabet stands for itself") {
  CHECK(Described("ByteLevel")
            .decode({"\xC4\xA0\xE2\x82\xAC",
                     "\xC4\xA0"
                     "a"}) == "\xC4\xA0\xE2\x82\xAC a");
}

TEST_CASE("bytes that make no text become one U+FFFD for each maximal subpart") {
  const Described decoder("ByteLevel");
  CHECK(decoder.decode({"\xC3\x83", "A"}) == kReplacement + "A");
  // F0 9F 98, the beginning of a character.
  CHECK(decoder.decode({"\xC3\xB0\xC5\x81\xC4\xBA"}) == kReplacement);
  // ED A0 80, a surrogate, and FF: nothing of either could begin a character.
  CHECK(decoder.decode({"\xC3\xAD\xC5\x82\xC4\xA2", "\xC3\xBF"}) ==
        kReplacement + kReplacement + kReplacement + kReplacement);
}

TEST_CASE("byte tokens become text together, or one U+FFFD each") {
  const Described decoder("ByteFallback");
  CHECK(decoder.decode({"<0xE5>", "<0x8f>", "<0xab>", "a"}) ==
        "\xE5\x8F\xAB"
        "a");
  CHECK(decoder.decode({"<0xE5>", "<0x8f>", "a"}) == kReplacement + kReplacement + "a");
  CHECK(decoder.decode({"<0xE5>"}) == kReplacement);
}

TEST_CASE("what is not quite a byte token stays, and a plus sign is part of a number") {
  CHECK(Described("ByteFallback").decode({"<0x+A>", "<0x-1>", "<0x0A"}) == "\n<0x-1><0x0A");
}

TEST_CASE("WordPiece tokens are joined with spaces but for continuing ones") {
  Described decoder("WordPiece");
  decoder.with("prefix", "##").with("cleanup", false);
  CHECK(decoder.decode({"##uelo", "Ara", "##\xC3\xBAj", "##o"}) == "##uelo Ara\xC3\xBAjo");
  CHECK(decoder.decode({"a", ".", "##b"}) == "a .b");
}

TEST_CASE("WordPiece cleans up within each token, not across them") {
  Described decoder("WordPiece");
  decoder.with("prefix", "##").with("cleanup", true);
  CHECK(decoder.decode({"it", "'", "s", ",", "do", "not"}) == "it ' s, do not");
  CHECK(decoder.decode({"I", "do not", "can", "n't", "."}) == "I don't cann't.");
}

TEST_CASE("Metaspace gives spaces, and none at the start if one was put there") {
  Described decoder("Metaspace");
  decoder.with("replacement", "\xE2\x96\x81");
  const std::vector<std::string> tokens = {
      "\xE2\x96\x81"
      "a\xE2\x96\x81",
      "\xE2\x96\x81"
      "b"};
  CHECK(decoder.decode(tokens) == "a b");
  CHECK(decoder.with("prepend_scheme", "never").decode(tokens) == " a  b");
}

TEST_CASE("Metaspace refuses contradicting and unknown ways to prepend") {
  Described decoder("Metaspace");
  decoder.with("replacement", "\xE2\x96\x81").with("add_prefix_space", false);
  CHECK(decoder.error() == ErrorCode::kModelFormat);
  CHECK(decoder.with("prepend_scheme", "never").error() == ErrorCode::kOk);
  Described unknown("Metaspace");
  unknown.with("replacement", "_").with("prepend_scheme", "sometimes");
  CHECK(unknown.error() == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("BPEDecoder makes a space of the end of a word, but for the last token") {
  Described decoder("BPEDecoder");
  decoder.with("suffix", "</w>");
  CHECK(decoder.decode({"he", "llo</w>", "you</w>"}) == "hello you");
  CHECK(decoder.decode({}).empty());
}

TEST_CASE("CTC drops repeated and padding tokens") {
  Described decoder("CTC");
  decoder.with("pad_token", "<pad>").with("word_delimiter_token", "|").with("cleanup", true);
  const std::vector<std::string> tokens = {"<pad>", "h", "h", "e",     "e", "l",
                                           "<pad>", "l", "o", "<pad>", "|", "|"};
  CHECK(decoder.decode(tokens) == "hello ");
  Described plain("CTC");
  plain.with("pad_token", "<pad>").with("word_delimiter_token", "|").with("cleanup", false);
  CHECK(plain.decode(tokens) == "hello|");
}

TEST_CASE("Strip takes up to so many characters from the ends of each token") {
  Described start("Strip");
  start.with("content", " ").with("start", 1u).with("stop", 0u);
  CHECK(start.decode({"  a", "b ", " "}) == " ab ");
  Described stop("Strip");
  stop.with("content", "y").with("start", 0u).with("stop", 2u);
  CHECK(stop.decode({"ayyy", "b", "yyb"}) == "aybyyb");
}

TEST_CASE("Replace goes from the left, without overlaps") {
  Described decoder("Replace");
  decoder.with("pattern.String", "aa").with("content", "b");
  CHECK(decoder.decode({"aaaaa", "a"}) == "bbaa");
  Described regex("Replace");
  regex.with("pattern.Regex", "\\s+").with("content", "_");
  CHECK(regex.decode({" a  b", "", "\t\n", "c"}) == "_a_b_c");
}

TEST_CASE("Fuse makes one token, so that later decoders see the whole text") {
  std::vector<std::string> tokens = {"a", "b"};
  const auto bytes = GgufBuilder().set_string("decoder.type", "Fuse").build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  const auto decoder = testing::read_described(*gguf, "decoder", read_decoder);
  REQUIRE(decoder);
  (*decoder)->decode(tokens);
  CHECK(tokens == std::vector<std::string>{"ab"});
}

TEST_CASE("decoders and parameters that are not known are refused by name") {
  CHECK(Described("Unheard").decode({"a"}) == "decoder (Unheard) is no decoder that is supported");
  Described extra("Fuse");
  CHECK(extra.with("glue", "-").decode({"a"}) ==
        "decoder (Fuse) has the parameter \"glue\", which is not supported");
  Described pattern("Replace");
  pattern.with("pattern.Regex", "(a|b)\\1").with("content", "b");
  CHECK(pattern.error() == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("decoders with missing or ill-typed parameters are damaged") {
  CHECK(Described("BPEDecoder").error() == ErrorCode::kModelFormat);
  CHECK(Described("WordPiece").with("prefix", "##").error() == ErrorCode::kModelFormat);
  Described strip("Strip");
  strip.with("content", "ab").with("start", 1u).with("stop", 0u);
  CHECK(strip.error() == ErrorCode::kModelFormat);
  Described metaspace("Metaspace");
  CHECK(metaspace.with("replacement", "__").error() == ErrorCode::kModelFormat);
}
