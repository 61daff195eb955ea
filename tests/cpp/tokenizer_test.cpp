#include "src/tokenizer/tokenizer.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "src/tokenizer/bert_vocabulary.h"

using namespace kinvec;

namespace {

using Offsets = std::vector<int32_t>;

Result<std::unique_ptr<Tokenizer>> build_tokenizer(BertVocabulary vocabulary) {
  TokenizerParts parts;
  if (auto added = add_bert_parts(std::move(vocabulary), parts); !added) return added.error();
  return Tokenizer::from_parts(std::move(parts));
}

/// What a tokenizer gives for a text.
Encoding encode(const Tokenizer& tokenizer, std::string_view text,
                const EncodeOptions& options = {}) {
  const auto scratch = tokenizer.make_scratch();
  Encoding encoding;
  REQUIRE(tokenizer.encode(text, options, *scratch, encoding));
  return encoding;
}

/// A tokenizer over a few words; [CLS] and [SEP] go around each text.
struct Toy {
  BertVocabulary config;

  explicit Toy(const std::vector<std::string>& words) {
    for (const char* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
      const auto id = static_cast<int32_t>(config.vocabulary.size());
      config.vocabulary.add({}, special);
      config.added_tokens.emplace_back(id, AddedToken::kSpecial);
    }
    for (const auto& word : words) config.vocabulary.add({}, word);
    config.wordpiece.unknown_id = 1;
    config.prefix = {2};
    config.suffix = {3};
  }

  Toy& add_token(const std::string& content, uint8_t flags) {
    config.added_tokens.emplace_back(config.vocabulary.find(content), flags);
    return *this;
  }

  Tokenizer build() {
    auto tokenizer = build_tokenizer(std::move(config));
    REQUIRE(tokenizer);
    return std::move(**tokenizer);
  }
};

std::string join(const Tokenizer& tokenizer, const std::vector<int32_t>& ids) {
  std::string out;
  for (const int32_t id : ids) out += (out.empty() ? "" : " ") + std::string(tokenizer.token(id));
  return out;
}

/// The tokens of a text without special ones around it, separated by spaces.
std::string tokens(const Tokenizer& tokenizer, std::string_view text) {
  Encoding encoding = encode(tokenizer, text, {.add_special_tokens = false});
  return join(tokenizer, encoding.ids);
}

Offsets offsets(const Tokenizer& tokenizer, std::string_view text) {
  Encoding encoding = encode(tokenizer, text, {.add_special_tokens = false});
  return encoding.offsets;
}

std::string repeat(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

const std::string kEmoji = "\xF0\x9F\x98\x80";  // U+1F600

}  // namespace

TEST_CASE("the longest piece wins at each place, with the prefix inside a word") {
  const auto tokenizer = Toy({"un", "##want", "##ed", "##wanted", "runn", "##ing", "u"}).build();
  CHECK(tokens(tokenizer, "unwanted running") == "un ##wanted runn ##ing");
}

TEST_CASE("if any part of a word has no piece, the whole word is one unknown token") {
  const auto tokenizer = Toy({"un", "##want", "##ed", "runn", "##ing"}).build();
  CHECK(tokens(tokenizer, "unwantedX running") == "[UNK] runn ##ing");
  CHECK(offsets(tokenizer, "unwantedX running") == Offsets{0, 9, 10, 14, 14, 17});
}

TEST_CASE("a piece never ends inside a character") {
  Toy toy({"a\xC3", "##\xA9"});
  toy.config.normalizer.strip_accents = false;
  CHECK(tokens(toy.build(), "a\xC3\xA9") == "[UNK]");
}

TEST_CASE("pieces longer than the hash's prepared states are found") {
  const std::string start = repeat("abcdefgh", 25);
  const std::string inside = repeat("xyz", 70);
  Toy toy({start, start + "a", "##" + inside, "##b"});
  toy.config.wordpiece.max_input_chars_per_word = 1000;
  CHECK(tokens(toy.build(), start + inside + "b") == start + " ##" + inside + " ##b");
}

TEST_CASE("a word of more than 100 characters is unknown, counted in code points") {
  const auto tokenizer = Toy({"a", "##a", kEmoji, "##" + kEmoji, "\xCF\x89", "##\xCF\x89"}).build();
  for (const std::string& unit : {std::string("a"), std::string("\xCF\x89"), kEmoji}) {
    CHECK(tokens(tokenizer, repeat(unit, 100)) == unit + repeat(" ##" + unit, 99));
    CHECK(tokens(tokenizer, repeat(unit, 101)) == "[UNK]");
  }
  // Stripped accents no longer count.
  CHECK(tokens(tokenizer, repeat("a\xCC\x81", 100)) == "a" + repeat(" ##a", 99));
}

TEST_CASE("the limit on a word's characters is the model's") {
  Toy toy({"a", "##a"});
  toy.config.wordpiece.max_input_chars_per_word = 3;
  const auto tokenizer = toy.build();
  CHECK(tokens(tokenizer, "aaa aaaa") == "a ##a ##a [UNK]");
}

TEST_CASE("punctuation stands alone whether the text is cleaned or not") {
  for (const bool clean : {true, false}) {
    Toy toy({"cret", "pal", "a", "b", "?", "\xE2\x80\x93", "\xE2\x80\xA6", "\xC2\xBF", "$"});
    toy.config.normalizer.clean_text = clean;
    const auto tokenizer = toy.build();
    CHECK(tokens(tokenizer, "Cret\xE2\x80\x93Pal") == "cret \xE2\x80\x93 pal");
    CHECK(tokens(tokenizer,
                 "a\xE2\x80\xA6"
                 "b $\xC2\xBF"
                 "a?") == "a \xE2\x80\xA6 b $ \xC2\xBF a ?");
  }
}

TEST_CASE("a text of nothing or of white space has no tokens but the special ones") {
  const auto tokenizer = Toy({"a"}).build();
  Encoding encoding;
  for (const char* text : {"", " ", "\n\t", "\xC2\xA0\xE3\x80\x80", "\xE2\x80\x8B", "\xCC\x81"}) {
    encoding = encode(tokenizer, text, {});
    CHECK(encoding.ids == std::vector<int32_t>{2, 3});
    CHECK(encoding.offsets == Offsets{0, 0, 0, 0});
    CHECK(!encoding.truncated());
    encoding = encode(tokenizer, text, {.add_special_tokens = false});
    CHECK(encoding.ids.empty());
    CHECK(encoding.n_tokens_full == 0);
  }
}

TEST_CASE("cleaning drops control characters and the replacement character") {
  const auto tokenizer = Toy({"ab", "a", "b"}).build();
  CHECK(tokens(tokenizer,
               "a\xE2\x80\x8B"
               "b") == "ab");  // zero-width space
  CHECK(tokens(tokenizer, std::string_view("a\0b", 3)) == "ab");
  CHECK(tokens(tokenizer,
               "a\xEF\xBF\xBD"
               "b") == "ab");
  CHECK(tokens(tokenizer,
               "a\xC2\x85"
               "b") == "ab");  // dropped before it can be a space
  CHECK(tokens(tokenizer,
               "a\tb\xC2\xA0"
               "a") == "a b a");
  CHECK(offsets(tokenizer, std::string_view("\0a\0b", 4)) == Offsets{1, 4});
}

TEST_CASE("accents go by decomposition, so that the base letter stays") {
  const auto tokenizer = Toy({"nguyen", "hello", "\xC4\x91"}).build();
  CHECK(tokens(tokenizer, "Nguy\xE1\xBB\x85n H\xC3\xA9ll\xC3\xB2 \xC4\x90") ==
        "nguyen hello \xC4\x91");
}

TEST_CASE("lower case without accent stripping keeps the accents") {
  Toy toy({"\xC3\xA9", "i", "##\xCC\x87", "e"});
  toy.config.normalizer.strip_accents = false;
  const auto tokenizer = toy.build();
  CHECK(tokens(tokenizer, "\xC3\x89") == "\xC3\xA9");
  // One character may become two; both stand for it.
  CHECK(tokens(tokenizer, "\xC4\xB0") == "i ##\xCC\x87");
  CHECK(offsets(tokenizer, "\xC4\xB0") == Offsets{0, 1, 0, 1});
}

TEST_CASE("a cased tokenizer keeps capitals and accents") {
  Toy toy({"Hallo", "\xC3\x9C", "hallo"});
  toy.config.normalizer.strip_accents = false;
  toy.config.normalizer.lowercase = false;
  const auto tokenizer = toy.build();
  CHECK(tokens(tokenizer, "Hallo \xC3\x9C hallo HALLO") == "Hallo \xC3\x9C hallo [UNK]");
}

TEST_CASE("each ideograph is a word, unless the model says otherwise") {
  const std::string text =
      "\xE5\x8C\x97\xE4\xBA\xAC"
      "a";
  Toy spaced({"\xE5\x8C\x97", "\xE4\xBA\xAC", "##\xE4\xBA\xAC", "a", "##a"});
  Toy joined = spaced;
  joined.config.normalizer.handle_chinese_chars = false;
  const auto with = spaced.build();
  CHECK(tokens(with, text) == "\xE5\x8C\x97 \xE4\xBA\xAC a");
  CHECK(offsets(with, text) == Offsets{0, 1, 1, 2, 2, 3});
  CHECK(tokens(joined.build(), text) == "\xE5\x8C\x97 ##\xE4\xBA\xAC ##a");
}

TEST_CASE("offsets count UTF-16 units of the source text") {
  const auto tokenizer = Toy({"a", "##b", kEmoji, "e"}).build();
  CHECK(offsets(tokenizer, kEmoji + " ab") == Offsets{0, 2, 3, 4, 4, 5});
  CHECK(offsets(tokenizer, "e\xCC\x81 a") == Offsets{0, 1, 3, 4});
  CHECK(offsets(tokenizer, kEmoji + "[SEP]" + kEmoji + "a") == Offsets{0, 2, 2, 7, 7, 10});
}

TEST_CASE("every byte of malformed UTF-8 is one unit of text that cleaning drops") {
  const auto tokenizer = Toy({"a", "b", "ab"}).build();
  CHECK(tokens(tokenizer,
               "\xFF\xFE"
               "a\xE2\x82") == "a");
  CHECK(offsets(tokenizer,
                "\xFF\xFE"
                "a\xE2\x82 b") == Offsets{2, 3, 6, 7});
  CHECK(offsets(tokenizer, "\xC3[SEP]\xF0\x9F[MASK]") == Offsets{1, 6, 8, 14});
}

TEST_CASE("special tokens in the text are found, the longest of the leftmost") {
  Toy toy({"a", "[", "]", "[x", "[x]y"});
  toy.add_token("[x", 0).add_token("[x]y", 0);
  const auto tokenizer = toy.build();
  CHECK(tokens(tokenizer, "a[SEP]a [MASK]") == "a [SEP] a [MASK]");
  CHECK(tokens(tokenizer, "[[SEP]]") == "[ [SEP] ]");
  CHECK(tokens(tokenizer, "[x]y[x]") == "[x]y [x ]");
  CHECK(tokens(tokenizer, "[sep]") == "[ [UNK] ]");
}

TEST_CASE("a single-word token is left alone where a word character touches it") {
  const auto tokenizer =
      Toy({"ab", "x", "xab", "-"}).add_token("ab", AddedToken::kSingleWord).build();
  CHECK(tokens(tokenizer, "ab") == "ab");
  CHECK(tokens(tokenizer, "-ab-") == "- ab -");
  CHECK(tokens(tokenizer, "xab") == "xab");
  CHECK(offsets(tokenizer,
                "\xCE\xA9"
                "ab") == Offsets{0, 3});
}

TEST_CASE("stripping tokens take the white space beside them along") {
  const uint8_t both = AddedToken::kLstrip | AddedToken::kRstrip;
  const auto tokenizer = Toy({"a", "<m>", "m", "<", ">"}).add_token("<m>", both).build();
  CHECK(offsets(tokenizer, "a \xE3\x80\x80<m>\n a") == Offsets{0, 1, 1, 8, 8, 9});
  CHECK(offsets(tokenizer, "<m> <m>") == Offsets{0, 4, 4, 7});
}

TEST_CASE("a token inside white space that the token before has taken along does not count") {
  const uint8_t both = AddedToken::kLstrip | AddedToken::kRstrip;
  for (const uint8_t flags : {both, uint8_t{AddedToken::kLstrip}}) {
    Toy toy({"a", "<m>", " "});
    toy.add_token("<m>", AddedToken::kRstrip).add_token(" ", flags);
    const auto tokenizer = toy.build();
    CHECK(tokens(tokenizer, "<m>   a") == "<m> a");
    CHECK(offsets(tokenizer, "<m>   a") == Offsets{0, 6, 6, 7});
  }
}

TEST_CASE("normalized added tokens are found in normalized text") {
  const auto tokenizer =
      Toy({"Caf\xC3\xA9", "the", "##s"}).add_token("Caf\xC3\xA9", AddedToken::kNormalized).build();
  CHECK(tokens(tokenizer, "the CAFE\xCC\x81 caf\xC3\xA9") == "the cafe cafe");
  CHECK(offsets(tokenizer, "the CAFE\xCC\x81") == Offsets{0, 3, 4, 8});
}

TEST_CASE("truncation keeps the start of the text and both special tokens") {
  const auto tokenizer = Toy({"a", "b", "c", "d"}).build();
  Encoding encoding = encode(tokenizer, "a b c d", {.max_tokens = 4});
  CHECK(join(tokenizer, encoding.ids) == "[CLS] a b [SEP]");
  CHECK(encoding.offsets == Offsets{0, 0, 0, 1, 2, 3, 0, 0});
  CHECK(encoding.n_tokens_full == 6);
  CHECK(encoding.truncated());
  encoding = encode(tokenizer, "a b c d", {.max_tokens = 6});
  CHECK(!encoding.truncated());
  encoding = encode(tokenizer, "a b c d", {.add_special_tokens = false, .max_tokens = 3});
  CHECK(join(tokenizer, encoding.ids) == "a b c");
  CHECK(encoding.n_tokens_full == 4);
  encoding = encode(tokenizer, "a b c d", {.max_tokens = 1});
  CHECK(join(tokenizer, encoding.ids) == "[CLS] [SEP]");
}

TEST_CASE("an encoding that is used again holds nothing of the text before") {
  const auto tokenizer = Toy({"a", "e", "b"}).build();
  const auto scratch = tokenizer.make_scratch();
  Encoding reused;
  for (const char* text : {"a e\xCC\x81 b [SEP]", "", "b", "\xE4\xBA\xAC", "e"}) {
    const Encoding fresh = encode(tokenizer, text);
    REQUIRE(tokenizer.encode(text, {}, *scratch, reused));
    CHECK(reused.ids == fresh.ids);
    CHECK(reused.offsets == fresh.offsets);
    CHECK(reused.n_tokens_full == fresh.n_tokens_full);
  }
}

TEST_CASE("long words and long runs of marks cost linear time") {
  // Were any stage quadratic, these would take minutes.
  const auto tokenizer = Toy({"a", "##a", "\xE3\x80\xAE"}).build();
  CHECK(tokens(tokenizer, std::string(1 << 20, 'a')) == "[UNK]");
  CHECK(tokens(tokenizer, "a" + repeat("\xCC\x81\xCC\xA3", 1 << 18)) == "a");
  CHECK(tokens(tokenizer, repeat("\xE3\x80\xAE\xCC\x81", 1 << 18)) == "[UNK]");  // U+302E is kept
  CHECK(tokens(tokenizer, repeat("[", 1 << 20)).size() == 6 * (1 << 20) - 1);
}

TEST_CASE("ids outside the vocabulary are refused") {
  const auto code = [](auto change) {
    Toy toy({"a"});
    change(toy.config);
    const auto tokenizer = build_tokenizer(std::move(toy.config));
    return tokenizer ? ErrorCode::kOk : tokenizer.error().code;
  };
  CHECK(code([](BertVocabulary&) {}) == ErrorCode::kOk);
  CHECK(code([](auto& c) { c.wordpiece.unknown_id = 6; }) == ErrorCode::kModelFormat);
  CHECK(code([](auto& c) { c.wordpiece.unknown_id = -1; }) == ErrorCode::kModelFormat);
  CHECK(code([](auto& c) { c.prefix = {99}; }) == ErrorCode::kModelFormat);
  CHECK(code([](auto& c) { c.suffix = {-5}; }) == ErrorCode::kModelFormat);
  CHECK(code([](auto& c) { c.added_tokens.emplace_back(6, uint8_t{0}); }) ==
        ErrorCode::kModelFormat);
  CHECK(code([](auto& c) { c.vocabulary = {}; }) == ErrorCode::kModelFormat);
}

TEST_CASE("an added token that normalizes to nothing is refused") {
  Toy toy({"\xCC\x81"});
  toy.add_token("\xCC\x81", AddedToken::kNormalized);
  const auto tokenizer = build_tokenizer(std::move(toy.config));
  REQUIRE(!tokenizer);
  CHECK(tokenizer.error().code == ErrorCode::kUnsupportedTokenizer);
  CHECK(tokenizer.error().at == 5);
}

TEST_CASE("an added token that is no valid UTF-8 is refused") {
  Toy toy({"a\xCC"});
  toy.add_token("a\xCC", 0);
  const auto tokenizer = build_tokenizer(std::move(toy.config));
  REQUIRE(!tokenizer);
  CHECK(tokenizer.error().code == ErrorCode::kModelFormat);
}

TEST_CASE("an id outside the vocabulary has no token") {
  const auto tokenizer = Toy({"a", "##ing"}).build();
  CHECK(tokenizer.vocab_size() == 7);
  CHECK(tokenizer.token(6) == "##ing");
  CHECK(tokenizer.token(7).empty());
  CHECK(tokenizer.token(-1).empty());
}

TEST_CASE("of equal tokens the last one counts") {
  const auto tokenizer = Toy({"a", "a", "##a", "##a"}).build();
  Encoding encoding = encode(tokenizer, "aa", {.add_special_tokens = false});
  CHECK(encoding.ids == std::vector<int32_t>{6, 8});
}
