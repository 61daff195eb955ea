// Normalizers, against what the reference gives for the same texts: the text and, for each of its
// characters, the UTF-16 units of the source that it stands for.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chars_map_builder.h"
#include "gguf_builder.h"
#include "src/tokenizer/normalizers/normalizer.h"
#include "stage_reading.h"

using namespace kinvec;
using kinvec::testing::chars_map;
using kinvec::testing::GgufBuilder;

namespace {

/// Text and spans: "0-1 0-1 1-2".
using Aligned = std::pair<std::string, std::string>;

std::string spans_of(const NormalizedText& text) {
  std::string spans;
  if (text.empty()) return spans;
  AlignmentCursor cursor(text);
  for (uint32_t i = 0; i < text.text().size(); ++i) {
    if (is_utf8_continuation(text.text()[i])) continue;
    if (!spans.empty()) spans += ' ';
    spans += std::to_string(cursor.begin_of(i)) + "-" + std::to_string(cursor.end_of(i));
  }
  return spans;
}

/// The parameters of one normalizer, its type among them.
class Described {
 public:
  explicit Described(const std::string& type) { builder_.set_string("stage.type", type); }

  Described& with(const std::string& name, const char* value) {
    builder_.set_string("stage." + name, value);
    return *this;
  }
  Described& with(const std::string& name, bool value) {
    builder_.set_bool("stage." + name, value);
    return *this;
  }
  Described& with_bytes(const std::string& name, const std::string& value) {
    builder_.set_bytes("stage." + name, value);
    return *this;
  }

  Aligned operator()(std::string_view source) const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    const auto normalizer = testing::read_described(*gguf, "stage", read_normalizer);
    REQUIRE(normalizer);
    NormalizedText text;
    NormalizedText spare;
    text.assign(source, 0);
    (*normalizer)->normalize(text, spare);
    return {std::string(text.text()), spans_of(text)};
  }

  ErrorCode error() const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    const auto normalizer = testing::read_described(*gguf, "stage", read_normalizer);
    return normalizer ? ErrorCode::kOk : normalizer.error().code;
  }

 private:
  GgufBuilder builder_;
};

Described replace(const char* kind, const char* pattern, const char* content) {
  return Described("Replace")
      .with(std::string("pattern.") + kind, pattern)
      .with("content", content);
}

Described precompiled(const std::map<std::string, std::string>& replacements) {
  return Described("Precompiled").with_bytes("precompiled_charsmap", chars_map(replacements));
}

std::string repeated(std::string_view unit, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += unit;
  return text;
}

}  // namespace

TEST_CASE("NFD takes characters apart, and the pieces stand for the character") {
  const Described nfd("NFD");
  CHECK(nfd("\u00E9x") == Aligned("e\u0301x", "0-1 0-1 1-2"));
  CHECK(nfd("\u1E69b") == Aligned("s\u0323\u0307b", "0-1 0-1 0-1 1-2"));
  CHECK(nfd("\uD55C\uAE00") ==
        Aligned("\u1112\u1161\u11AB\u1100\u1173\u11AF", "0-1 0-1 0-1 1-2 1-2 1-2"));
  CHECK(nfd("\U0001D15E!") == Aligned("\U0001D157\U0001D165!", "0-2 0-2 2-3"));
}

TEST_CASE("marks that change places are aligned by count, as in the reference") {
  CHECK(Described("NFD")("a\u0301\u0323b") == Aligned("a\u0323\u0301b", "0-1 1-2 2-3 3-4"));
  CHECK(Described("NFD")("\u0344\u0323c") == Aligned("\u0323\u0308\u0301c", "0-1 1-2 1-2 2-3"));
  CHECK(Described("NFC")("x\u0300\u0301\u0323\u0323y") ==
        Aligned("x\u0323\u0323\u0300\u0301y", "0-1 1-2 2-3 3-4 4-5 5-6"));
}

TEST_CASE("NFC puts characters together, over marks of a lower class") {
  const Described nfc("NFC");
  CHECK(nfc("e\u0301x") == Aligned("\u00E9x", "0-1 2-3"));
  CHECK(nfc("e\u0323\u0301") == Aligned("\u1EB9\u0301", "0-1 2-3"));
  CHECK(nfc("a\u0315\u0323\u0301b") == Aligned("\u1EA1\u0301\u0315b", "0-1 2-3 3-4 4-5"));
  CHECK(nfc("\u1100\u1161\u11A8\uAC00\u11A8") == Aligned("\uAC01\uAC01", "0-1 3-4"));
  CHECK(nfc("\u0301a") == Aligned("\u0301a", "0-1 1-2"));
}

TEST_CASE("NFC leaves apart what is excluded from composition, and replaces singletons") {
  const Described nfc("NFC");
  CHECK(nfc("\u0958") == Aligned("\u0915\u093C", "0-1 0-1"));
  CHECK(nfc("\u0344") == Aligned("\u0308\u0301", "0-1 0-1"));
  CHECK(nfc("\u2126\u212B") == Aligned("\u03A9\u00C5", "0-1 1-2"));
}

TEST_CASE("compatibility forms replace what only looks different") {
  CHECK(Described("NFKD")("\uFB01x") == Aligned("fix", "0-1 0-1 1-2"));
  CHECK(Described("NFKD")("\uFF76\uFF9E\u00BD") ==
        Aligned("\u30AB\u30991\u20442", "0-1 1-2 2-3 2-3 2-3"));
  CHECK(Described("NFKC")("\u00BD") == Aligned("1\u20442", "0-1 0-1 0-1"));
  CHECK(Described("NFKC")("\uFF76\uFF9E") == Aligned("\u30AC", "0-1"));
  CHECK(Described("NFKC")("\u1E9B\u0323") == Aligned("\u1E69", "0-1"));
  CHECK(Described("NFKC")("\u00A8\u0301") == Aligned(" \u0308\u0301", "0-1 0-1 1-2"));
  CHECK(Described("NFKC")("\uFDFA").first ==
        "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 "
        "\u0648\u0633\u0644\u0645");
}

TEST_CASE("an inserted letter that a mark composes with takes up the mark") {
  CHECK(Described("NFKC")("\uFB01\u0301x") == Aligned("f\u00EDx", "0-1 1-2 2-3"));
}

TEST_CASE("forms leave a text alone that is in the form") {
  const std::string text = "Vi\u1EC7t \uD55C\uAE00 \u4E2D\u6587 \u0939\u093F \U0001F600";
  CHECK(Described("NFC")(text).first == text);
  CHECK(Described("NFKC")(text).first == text);
}

TEST_CASE("a long run of marks is ordered in linear time") {
  const std::string marks = repeated("\u0345\u0316\u0301", 100'000);
  const std::string ordered =
      repeated("\u0316", 100'000) + repeated("\u0301", 100'000) + repeated("\u0345", 100'000);
  CHECK(Described("NFD")("x" + marks).first == "x" + ordered);
  CHECK(Described("NFC")("x" + marks).first == "x" + ordered);
}

TEST_CASE("StripAccents drops marks, spacing ones among them, and takes nothing apart") {
  const Described strip_accents("StripAccents");
  CHECK(strip_accents("e\u0301\u0301x\u0903y") == Aligned("exy", "0-1 3-4 5-6"));
  CHECK(strip_accents("\u00E9\u0300") == Aligned("\u00E9", "0-1"));
  CHECK(strip_accents("\u0300") == Aligned("", ""));
}

TEST_CASE("Lowercase is full and knows no context") {
  const Described lowercase("Lowercase");
  CHECK(lowercase("\u0130X\u1E9E\u03A3") == Aligned("i\u0307x\u00DF\u03C3", "0-1 0-1 1-2 2-3 3-4"));
  CHECK(lowercase("\u212A\u023AQ") == Aligned("k\u2C65q", "0-1 1-2 2-3"));
  CHECK(lowercase("AZ[@\u00C9\u00D0") == Aligned("az[@\u00E9\u00F0", "0-1 1-2 2-3 3-4 4-5 5-6"));
}

TEST_CASE("Strip removes white space from the ends that it is told") {
  const std::string text = " \u3000 \u00E9 b\u0085\n";
  const auto strip = [](bool left, bool right) {
    return Described("Strip").with("strip_left", left).with("strip_right", right);
  };
  CHECK(strip(true, true)(text) == Aligned("\u00E9 b", "3-4 4-5 5-6"));
  CHECK(strip(false, true)(text) == Aligned(" \u3000 \u00E9 b", "0-1 1-2 2-3 3-4 4-5 5-6"));
  CHECK(strip(true, false)(text) == Aligned("\u00E9 b\u0085\n", "3-4 4-5 5-6 6-7 7-8"));
  CHECK(strip(true, true)(" \t\n") == Aligned("", ""));
}

TEST_CASE("Nmt drops controls and makes spaces of what counts as one") {
  CHECK(Described("Nmt")("\x01"
                         "a\x02\x03"
                         "b\tc\u200Bd\u2581") ==
        Aligned("ab c d ", "1-2 4-5 5-6 6-7 7-8 8-9 9-10"));
  CHECK(Described("Nmt")("\u008F\u009F\u0080") == Aligned("\u0080", "2-3"));
}

TEST_CASE("Prepend puts its string before the text, standing for the first character") {
  const auto prepend = Described("Prepend").with("prepend", "\u2581x");
  CHECK(prepend("\u00E9t\u00E9") == Aligned("\u2581x\u00E9t\u00E9", "0-1 0-1 0-1 1-2 2-3"));
  CHECK(prepend("") == Aligned("", ""));
}

TEST_CASE("ByteLevel makes a visible character of each byte") {
  CHECK(Described("ByteLevel")("a b\u00E9\u6211\U0001F600") ==
        Aligned("a\u0120b\u00C3\u00A9\u00E6\u012A\u0133\u00F0\u0141\u013A\u0122",
                "0-1 1-2 2-3 3-4 3-4 4-5 4-5 4-5 5-7 5-7 5-7 5-7"));
}

TEST_CASE("Replace goes from the left, and the content stands for the end of its match") {
  CHECK(replace("String", " ", "\u2581")(" a  b") ==
        Aligned("\u2581a\u2581\u2581b", "0-1 1-2 2-3 3-4 4-5"));
  CHECK(replace("String", "aa", "xyz")("aaa\u00E9aa") ==
        Aligned("xyza\u00E9xyz", "1-2 1-2 1-2 2-3 3-4 5-6 5-6 5-6"));
  CHECK(replace("String", "a", "")("aba") == Aligned("b", "1-2"));
}

TEST_CASE("Replace takes regular expressions") {
  CHECK(replace("Regex", " {2,}", " ")("a  b   c d") ==
        Aligned("a b c d", "0-1 2-3 3-4 6-7 7-8 8-9 9-10"));
  CHECK(replace("Regex", "\\s+", "_")("a \u3000\u0085"
                                      "b\u200Bc") == Aligned("a_b\u200Bc", "0-1 3-4 4-5 5-6 6-7"));
}

TEST_CASE("Precompiled counts removed characters against inserted ones") {
  const auto normalize = precompiled({{"\x01", ""}, {"\u2122", "TM"}, {"\u30AC", "ga"}});
  CHECK(normalize("abc") == Aligned("abc", "0-1 1-2 2-3"));
  CHECK(normalize("\u30ACz") == Aligned("gaz", "0-1 0-1 1-2"));
  CHECK(normalize("\u2122\x01g") == Aligned("TMg", "0-1 1-2 2-3"));
  CHECK(normalize("\u2122\x01\x01g") == Aligned("TMg", "0-1 1-2 3-4"));
  CHECK(normalize("a\x01\x01"
                  "b") == Aligned("ab", "0-1 3-4"));
  CHECK(normalize("\U0001F600\x01"
                  "a") == Aligned("\U0001F600a", "0-2 3-4"));
  CHECK(normalize("\x01") == Aligned("", ""));
}

TEST_CASE("Precompiled forgets what it removes before anything is written") {
  const auto normalize = precompiled({{"\x01", ""}, {"\u2122", "TM"}});
  CHECK(normalize("\x01"
                  "ab") == Aligned("ab", "0-1 1-2"));
  CHECK(normalize("\x01\x01"
                  "a\u2122b") == Aligned("aTMb", "0-1 1-2 1-2 2-3"));
}

TEST_CASE("Precompiled replaces a short cluster as a whole, a long one by characters") {
  const auto normalize = precompiled({{"\u00E9", "E"},
                                      {"e\u0301", "\u00E9"},
                                      {"\r", " "},
                                      {"\n", " "},
                                      {"\u0915", "K"},
                                      {"\u00A9", "(c)"}});
  CHECK(normalize("\r\nx\n") == Aligned(" x ", "0-1 2-3 3-4"));
  CHECK(normalize("e\u0301e") == Aligned("\u00E9e", "0-1 2-3"));
  CHECK(normalize("\u00E9\u0301") == Aligned("E", "0-1"));
  CHECK(normalize("\u00E9\u0301\u0301") == Aligned("E\u0301\u0301", "0-1 1-2 2-3"));
  CHECK(normalize("\u00A9\u200Dx\u00A9\u200D\u00A9") ==
        Aligned("(c)x(c)\u200D(c)", "0-1 1-2 1-2 2-3 3-4 3-4 3-4 4-5 5-6 5-6 5-6"));
  CHECK(normalize("\u0915\u0301\u0915\u094D\u0915\u0301") ==
        Aligned("KK\u094DK\u0301", "0-1 2-3 3-4 4-5 5-6"));
}

TEST_CASE("damaged character maps are refused or read within their bounds") {
  const std::string map = chars_map({{"\u2122", "TM"}, {"ab", "c"}, {"\x01", ""}});
  const auto with_map = [](const std::string& bytes) {
    return Described("Precompiled").with_bytes("precompiled_charsmap", bytes);
  };
  CHECK(with_map(map).error() == ErrorCode::kOk);
  for (const size_t size : {0, 3, 4, 5, 1000}) {
    CHECK(with_map(map.substr(0, size)).error() == ErrorCode::kModelFormat);
  }
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = map;
    for (int change = 0; change < 4; ++change) {
      const size_t units = 4 * (random() % 2 == 0 ? 512 : map.size() / 4);
      damaged[random() % units] = static_cast<char>(random());
    }
    const auto normalizer = with_map(damaged);
    if (normalizer.error() != ErrorCode::kOk) continue;
    normalizer("ab\u2122\u2123 \x01x");
  }
}

TEST_CASE("a text that becomes empty goes through the other normalizers") {
  for (const char* type : {"NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt",
                           "ByteLevel", "BertNormalizer"}) {
    Described normalizer(type);
    if (std::string_view(type) == "BertNormalizer") {
      normalizer.with("clean_text", true).with("handle_chinese_chars", true);
      normalizer.with("lowercase", true);
    }
    CHECK(normalizer("") == Aligned("", ""));
  }
}

TEST_CASE("normalizers and parameters that are not known are refused by name") {
  CHECK(Described("Unheard").error() == ErrorCode::kUnsupportedTokenizer);
  CHECK(Described("NFC").with("strict", true).error() == ErrorCode::kUnsupportedTokenizer);
  CHECK(Described("Prepend").with("prepend", "").error() == ErrorCode::kUnsupportedTokenizer);
  CHECK(replace("String", "", "x").error() == ErrorCode::kUnsupportedTokenizer);
  CHECK(replace("Regex", " *", "x").error() == ErrorCode::kUnsupportedTokenizer);
  CHECK(replace("Regex", "(a)\\1", "x").error() == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("normalizers with missing or ill-typed parameters are damaged") {
  CHECK(Described("Strip").with("strip_left", true).error() == ErrorCode::kModelFormat);
  CHECK(Described("Prepend").with("prepend", true).error() == ErrorCode::kModelFormat);
  CHECK(Described("Precompiled").error() == ErrorCode::kModelFormat);
  CHECK(Described("Replace").with("content", "x").error() == ErrorCode::kModelFormat);
}
