// Models, against what the reference gives for the same vocabularies and words.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gguf_builder.h"
#include "src/tokenizer/models/bpe.h"
#include "src/tokenizer/models/model.h"
#include "src/tokenizer/models/unigram.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

using Tokens = std::vector<std::string>;

const std::string kModel = "kinvec.tokenizer.model";

/// A model's parameters and lists, its type among them.
class Described {
 public:
  Described(const std::string& type, Tokens tokens) : tokens_(std::move(tokens)) {
    builder_.set_string(kModel + ".type", type);
  }

  Described& with(const std::string& name, const char* value) {
    builder_.set_string(kModel + "." + name, value);
    return *this;
  }
  Described& with(const std::string& name, bool value) {
    builder_.set_bool(kModel + "." + name, value);
    return *this;
  }
  Described& with(const std::string& name, uint32_t value) {
    builder_.set_uint(kModel + "." + name, value);
    return *this;
  }
  Described& with(const std::string& name, float value) {
    builder_.set_float(kModel + "." + name, value);
    return *this;
  }
  Described& scores(const std::vector<float>& values) {
    builder_.set_floats("kinvec.tokenizer.scores", values);
    return *this;
  }
  /// Pairs of ids, by rank.
  Described& merges(const std::vector<int32_t>& ids) {
    builder_.set_ints("kinvec.tokenizer.merges", ids);
    return *this;
  }
  /// Pairs of tokens, by rank.
  Described& merges(const std::vector<std::pair<std::string, std::string>>& pairs) {
    const Vocabulary vocabulary = make_vocabulary();
    std::vector<int32_t> ids;
    for (const auto& [left, right] : pairs) {
      ids.push_back(vocabulary.find(left));
      ids.push_back(vocabulary.find(right));
    }
    return merges(ids);
  }

  std::unique_ptr<Model> build() const {
    auto model = read();
    REQUIRE(model);
    return std::move(*model);
  }

  /// The error of a model that cannot be read.
  Error error() const {
    auto model = read();
    REQUIRE(!model);
    return model.error();
  }

 private:
  Vocabulary make_vocabulary() const {
    Vocabulary vocabulary;
    for (const std::string& token : tokens_) vocabulary.add({}, token);
    return vocabulary;
  }
  Result<std::unique_ptr<Model>> read() const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    return read_model(*gguf, StageFields(*gguf, kModel), make_vocabulary());
  }

  Tokens tokens_;
  GgufBuilder builder_;
};

std::vector<Piece> pieces_of(const Model& model, ModelState& state, std::string word) {
  const size_t size = word.size();
  word.append(8, '\x55');
  std::vector<Piece> pieces;
  model.tokenize({word.data(), size}, state, pieces);
  return pieces;
}

std::string format(const Model& model, const std::vector<Piece>& pieces) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!text.empty()) text += ' ';
    text += piece.id == kNoToken ? "?" : std::string(model.vocabulary().token(piece.id));
    text += ":" + std::to_string(piece.begin) + "-" + std::to_string(piece.end);
  }
  return text;
}

/// The tokens of a word and the bytes they stand for: "ab:0-2 c:2-3". The word is given twice, so
/// that the second answer comes from what the model remembers.
std::string tokenize(const Model& model, const std::string& word) {
  const auto state = model.make_state();
  const std::string first = format(model, pieces_of(model, *state, word));
  CHECK(format(model, pieces_of(model, *state, word)) == first);
  return first;
}

Described bpe(Tokens tokens) { return {"BPE", std::move(tokens)}; }

Described unigram(Tokens tokens, const std::vector<float>& scores) {
  Described model("Unigram", std::move(tokens));
  model.scores(scores);
  return model;
}

/// The tokens <0x00> to <0xFF> behind others.
Tokens and_bytes(Tokens tokens) {
  const char* const digits = "0123456789ABCDEF";
  for (int byte = 0; byte < 256; ++byte) {
    tokens.push_back(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
  }
  return tokens;
}

/// Merges of a random vocabulary over a few letters, of any order.
struct RandomMerges {
  Tokens tokens;
  std::string prefix;  // of tokens on the right
  std::vector<int32_t> pairs;

  RandomMerges(uint32_t seed, size_t count, Tokens letters = {"a", "b", "c", "d"},
               std::string right_prefix = "")
      : tokens(std::move(letters)), prefix(std::move(right_prefix)) {
    std::mt19937 random(seed);
    while (pairs.size() < 2 * count) {
      const auto left = static_cast<int32_t>(random() % tokens.size());
      const auto right = static_cast<int32_t>(random() % tokens.size());
      if (!tokens[right].starts_with(prefix)) continue;
      const std::string merged = joined(tokens[left], tokens[right]);
      if (merged.size() > 12) continue;
      if (std::ranges::find(tokens, merged) == tokens.end()) tokens.push_back(merged);
      pairs.push_back(left);
      pairs.push_back(right);
    }
    for (size_t i = count - 1; i > 0; --i) {
      const size_t j = random() % (i + 1);
      std::swap(pairs[2 * i], pairs[2 * j]);
      std::swap(pairs[2 * i + 1], pairs[2 * j + 1]);
    }
  }

  std::string joined(const std::string& left, const std::string& right) const {
    return left + right.substr(prefix.size());
  }

  std::vector<std::string> tokenize(const std::string& word) const {
    Tokens parts;
    for (const char c : word) parts.emplace_back(1, c);
    return merge(std::move(parts));
  }

  /// Byte-pair encoding as its definition says, one merge after the other.
  Tokens merge(Tokens parts) const {
    std::map<std::pair<std::string, std::string>, size_t> ranks;
    for (size_t i = 0; i < pairs.size(); i += 2) {
      ranks[{tokens[pairs[i]], tokens[pairs[i + 1]]}] = i;
    }
    for (;;) {
      size_t lowest = SIZE_MAX;
      size_t place = 0;
      for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const auto rank = ranks.find({parts[i], parts[i + 1]});
        if (rank == ranks.end() || rank->second >= lowest) continue;
        lowest = rank->second;
        place = i;
      }
      if (lowest == SIZE_MAX) return parts;
      parts[place] = joined(parts[place], parts[place + 1]);
      parts.erase(parts.begin() + static_cast<ptrdiff_t>(place) + 1);
    }
  }
};

}  // namespace

TEST_CASE("A vocabulary finds the last of equal tokens, and no empty one") {
  Vocabulary vocabulary;
  CHECK(vocabulary.find("a") == -1);
  for (const char* token : {"a", "", "b", "a", "a longer token than eight bytes", ""}) {
    vocabulary.add({}, token);
  }
  vocabulary.add("##", "ing");
  CHECK(vocabulary.find("a") == 3);
  CHECK(vocabulary.find("b") == 2);
  CHECK(vocabulary.find("") == -1);
  CHECK(vocabulary.find("a longer token than eight bytes") == 4);
  CHECK(vocabulary.find("a longer token than eight byte") == -1);
  CHECK(vocabulary.find("##ing") == 6);
  CHECK(vocabulary.find("ing") == -1);
  CHECK(vocabulary.token(1).empty());
}

TEST_CASE("A vocabulary of any size finds all its tokens") {
  Vocabulary vocabulary;
  for (int i = 0; i < 5000; ++i) vocabulary.add({}, std::to_string(i));
  int32_t found = 0;
  for (int i = 0; i < 5000; ++i) found += vocabulary.find(std::to_string(i)) == i ? 1 : 0;
  CHECK(found == 5000);
  CHECK(vocabulary.find("5000") == -1);
}

TEST_CASE("BPE merges the lowest rank first") {
  const Tokens tokens{"a", "b", "c", "ab", "bc", "abc"};
  const auto right_first = bpe(tokens).merges({{"b", "c"}, {"a", "b"}, {"a", "bc"}}).build();
  CHECK(tokenize(*right_first, "abc") == "abc:0-3");
  CHECK(tokenize(*right_first, "aabc") == "a:0-1 abc:1-4");
  CHECK(tokenize(*right_first, "abab") == "ab:0-2 ab:2-4");
  const auto left_first = bpe(tokens).merges({{"a", "b"}, {"b", "c"}, {"ab", "c"}}).build();
  CHECK(tokenize(*left_first, "abcbc") == "abc:0-3 bc:3-5");
}

TEST_CASE("BPE merges the leftmost of equal ranks first") {
  const auto model = bpe({"a", "aa"}).merges({{"a", "a"}}).build();
  CHECK(tokenize(*model, "aaa") == "aa:0-2 a:2-3");
  CHECK(tokenize(*model, "aaaaa") == "aa:0-2 aa:2-4 a:4-5");
}

TEST_CASE("Of a merge that is listed twice the last rank counts") {
  const auto model =
      bpe({"a", "b", "c", "ab", "bc"}).merges({{"a", "b"}, {"b", "c"}, {"a", "b"}}).build();
  CHECK(tokenize(*model, "abc") == "a:0-1 bc:1-3");
}

TEST_CASE("BPE without merges gives characters") {
  const auto model = bpe({"a", "\u00E9"}).build();
  CHECK(tokenize(*model, "a\u00E9\u00E9") == "a:0-1 \u00E9:1-3 \u00E9:3-5");
}

TEST_CASE("BPE without an unknown token passes over characters, and counts on without them") {
  const auto model = bpe({"<unk>", "a", "b", "ab"}).merges({{"a", "b"}}).build();
  CHECK(tokenize(*model, "azb") == "ab:0-2");
  CHECK(tokenize(*model, "az") == "a:0-1");
  CHECK(tokenize(*model, "z").empty());
  // Also where the word is long enough to be cut.
  const std::string many(300, 'a');
  CHECK(tokenize(*model, many + "zb").ends_with("a:298-299 ab:299-301"));
}

TEST_CASE("BPE gives an unknown token for each character, or for a run if they fuse") {
  const auto model = bpe({"<unk>", "a", "b", "ab"}).with("unk_token", "<unk>");
  CHECK(tokenize(*model.build(), "azzb") == "a:0-1 <unk>:1-2 <unk>:2-3 b:3-4");
  CHECK(tokenize(*model.build(), "\u00E9a") == "<unk>:0-2 a:2-3");
  const auto fused = Described(model).with("fuse_unk", true).build();
  CHECK(tokenize(*fused, "azzb") == "a:0-1 <unk>:1-3 b:3-4");
  CHECK(tokenize(*fused, "zz\u00E9a") == "<unk>:0-4 a:4-5");
  const std::string many(300, 'z');
  CHECK(tokenize(*fused, many + "a") == "<unk>:0-300 a:300-301");
}

TEST_CASE("BPE falls back to bytes if all of a character's bytes have tokens") {
  const Tokens tokens{"<unk>", "a", "b", "<0xC3>", "<0xA9>", "<0xE6>"};
  const auto model = bpe(tokens).with("unk_token", "<unk>").with("byte_fallback", true);
  CHECK(tokenize(*model.build(), "a\u00E9b") == "a:0-1 <0xC3>:1-2 <0xA9>:2-3 b:3-4");
  CHECK(tokenize(*model.build(), "a\u6F22b") == "a:0-1 <unk>:1-4 b:4-5");
  // An unknown token waits for the next character that is known.
  CHECK(tokenize(*model.build(), "z\u00E9b") == "<0xC3>:0-1 <0xA9>:1-2 <unk>:2-3 b:3-4");
  const auto fused = Described(model).with("fuse_unk", true).build();
  CHECK(tokenize(*fused, "z\u00E9zb") == "<0xC3>:0-1 <0xA9>:1-2 <unk>:2-4 b:4-5");
}

TEST_CASE("BPE that ignores merges keeps a word that is a token") {
  const auto model = bpe({"a", "b", "c", "ab", "abc"}).merges({{"a", "b"}});
  CHECK(tokenize(*model.build(), "abc") == "ab:0-2 c:2-3");
  const auto ignoring = Described(model).with("ignore_merges", true).build();
  CHECK(tokenize(*ignoring, "abc") == "abc:0-3");
  CHECK(tokenize(*ignoring, "abca") == "ab:0-2 c:2-3 a:3-4");
}

TEST_CASE("BPE marks characters inside of a word, or its last one") {
  const auto prefixed = bpe({"a", "##a", "##b", "a##", "ab", "##ab", "b"})
                            .with("continuing_subword_prefix", "##")
                            .merges({{"a", "##b"}, {"##a", "##b"}})
                            .build();
  CHECK(tokenize(*prefixed, "ab") == "ab:0-2");
  CHECK(tokenize(*prefixed, "aab") == "a:0-1 ##ab:1-3");
  CHECK(tokenize(*prefixed, "bab") == "b:0-1 ##ab:1-3");
  const auto suffixed = bpe({"a", "b", "b</w>", "a</w>", "ab</w>", "ab"})
                            .with("end_of_word_suffix", "</w>")
                            .merges({{"a", "b</w>"}, {"a", "b"}})
                            .build();
  CHECK(tokenize(*suffixed, "ab") == "ab</w>:0-2");
  CHECK(tokenize(*suffixed, "abab") == "ab:0-2 ab</w>:2-4");
  CHECK(tokenize(*suffixed, "b") == "b</w>:0-1");
}

TEST_CASE("BPE of long words is the same, whatever the order of its ranks") {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const RandomMerges merges(seed, 10 + seed * 4);
    const auto model = bpe(merges.tokens).merges(merges.pairs).build();
    const auto state = model->make_state();
    std::mt19937 random(seed);
    for (const size_t size : {1, 20, 60, 70, 250, 300, 900, 3000}) {
      std::string word;
      const uint32_t n_letters = 1 + random() % 4;
      for (size_t i = 0; i < size; ++i) word += static_cast<char>('a' + random() % n_letters);
      std::vector<std::string> tokens;
      for (const Piece& piece : pieces_of(*model, *state, word)) {
        CHECK(model->vocabulary().token(piece.id) ==
              word.substr(piece.begin, piece.end - piece.begin));
        tokens.emplace_back(model->vocabulary().token(piece.id));
      }
      CHECK(tokens == merges.tokenize(word));
    }
  }
}

TEST_CASE("BPE of long words with a prefix or suffix is the same in parts") {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    // Tokens inside of a word and at its end have names of their own, and merges of their own.
    RandomMerges merges(seed, 20 + seed * 4, {"a", "#a", "#a.", "b", "#b", "#b.", "#c", "#d."},
                        "#");
    const auto model = bpe(merges.tokens)
                           .with("continuing_subword_prefix", "#")
                           .with("end_of_word_suffix", ".")
                           .merges(merges.pairs)
                           .build();
    const auto state = model->make_state();
    std::mt19937 random(seed);
    for (const size_t size : {2, 24, 30, 200, 900}) {
      // Of these some have no token at the beginning of a word, inside of it or at its end.
      std::string word;
      for (size_t i = 0; i < size; ++i) word += "aabbcd"[random() % 6];
      const Tokens known = merges.tokens;
      Tokens parts;
      for (size_t i = 0; i < size; ++i) {
        std::string part = (i > 0 ? "#" : "") + word.substr(i, 1) + (i + 1 == size ? "." : "");
        if (std::ranges::find(known, part) != known.end()) parts.push_back(std::move(part));
      }
      Tokens tokens;
      for (const Piece& piece : pieces_of(*model, *state, word)) {
        tokens.emplace_back(model->vocabulary().token(piece.id));
      }
      CHECK(tokens == merges.merge(std::move(parts)));
    }
  }
}

TEST_CASE("BPE of a million equal letters ends") {
  const auto model = bpe({"a", "aa", "aaaa"}).merges({{"a", "a"}, {"aa", "aa"}}).build();
  const auto state = model->make_state();
  CHECK(pieces_of(*model, *state, std::string(1'000'000, 'a')).size() == 250'000);
}

TEST_CASE("What a model remembers may be forgotten without a change") {
  const auto model = bpe({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "12", "123"})
                         .merges({{"1", "2"}, {"12", "3"}})
                         .build();
  const auto state = model->make_state();
  const auto fresh = model->make_state();
  size_t differences = 0;
  for (const int round : {0, 1}) {
    for (int i = 0; i < 40'000; i += 1 + round * 7) {
      const std::string word = std::to_string(i);
      const std::string got = format(*model, pieces_of(*model, *state, word));
      if (round == 1 && got != format(*model, pieces_of(*model, *fresh, word))) ++differences;
    }
  }
  CHECK(differences == 0);
}

TEST_CASE("BPE refuses what it does not do, by name, and merges that make no token") {
  const auto model = bpe({"a", "b", "ab"});
  const Error dropout = Described(model).with("dropout", 0.1F).error();
  CHECK(dropout.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(dropout.message.find("dropout") != std::string::npos);
  Described(model).with("dropout", 0.0F).build();

  const Error unknown = Described(model).with("regularization", 1U).error();
  CHECK(unknown.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(unknown.message.find("regularization") != std::string::npos);
  const Error both =
      Described(model).with("byte_fallback", true).with("end_of_word_suffix", "</w>").error();
  CHECK(both.code == ErrorCode::kUnsupportedTokenizer);

  for (const std::vector<int32_t>& ids :
       {std::vector<int32_t>{0}, {0, 3}, {-1, 0}, {1, 0}, {2147483647, 0}}) {
    CHECK(Described(model).merges(ids).error().code == ErrorCode::kModelFormat);
  }
  const Error too_short =
      bpe({"a", "b"}).with("continuing_subword_prefix", "##").merges({0, 1}).error();
  CHECK(too_short.code == ErrorCode::kModelFormat);
}

TEST_CASE("Unigram takes the pieces with the highest sum of scores") {
  const auto model = unigram({"<unk>", "a", "b", "c", "d", "cd", "ab", "abc", "abcd"},
                             {0, 0, 0, 0, 0, 1, 2, 5, 10})
                         .with("unk_id", 0U)
                         .build();
  CHECK(tokenize(*model, "abcdacdxx") == "abcd:0-4 a:4-5 cd:5-7 <unk>:7-9");
  CHECK(tokenize(*model, "abxcd") == "ab:0-2 <unk>:2-3 cd:3-5");
  CHECK(tokenize(*model, "xay") == "<unk>:0-1 a:1-2 <unk>:2-3");
}

TEST_CASE("Of equal sums Unigram takes the path with the longest last piece") {
  const auto model = unigram({"<unk>", "a", "aa", "b", "ab", "ba"}, {-9, -1, -2, -1, -1, -1})
                         .with("unk_id", 0U)
                         .build();
  CHECK(tokenize(*model, "aaa") == "a:0-1 aa:1-3");
  CHECK(tokenize(*model, "aba") == "a:0-1 ba:1-3");
  CHECK(tokenize(*model, "aabb") == "a:0-1 ab:1-3 b:3-4");
}

TEST_CASE("Of equal pieces the last one's score and id count") {
  const auto model =
      unigram({"<unk>", "a", "b", "ab", "ab"}, {0, -1, -5, -9, -1}).with("unk_id", 0U).build();
  const auto state = model->make_state();
  const auto pieces = pieces_of(*model, *state, "ab");
  REQUIRE(pieces.size() == 1);
  CHECK(pieces[0].id == 4);
}

TEST_CASE("Unknown characters fuse, with an unknown token that the text spells out too") {
  const auto model = unigram({"<unk>", "a", "xy"}, {0, -1, -100}).with("unk_id", 0U).build();
  CHECK(tokenize(*model, "a<unk>z") == "a:0-1 <unk>:1-7");
  // What they are together may be a token, though it was not worth its score.
  CHECK(tokenize(*model, "axy") == "a:0-1 xy:1-3");
  CHECK(tokenize(*model, "axyx") == "a:0-1 xy:1-3 <unk>:3-4");
}

TEST_CASE("Unigram falls back to bytes, each of which stands for all that is unknown") {
  const auto model = unigram({"<unk>", "a", "<0xC3>", "<0xA9>"}, {0, -1, -5, -5})
                         .with("unk_id", 0U)
                         .with("byte_fallback", true)
                         .build();
  CHECK(tokenize(*model, "a\u00E9a") == "a:0-1 <0xC3>:1-3 <0xA9>:1-3 a:3-4");
  CHECK(tokenize(*model, "\u00E9\u00E9") == "<0xC3>:0-4 <0xA9>:0-4 <0xC3>:0-4 <0xA9>:0-4");
  CHECK(tokenize(*model, "\u00E9z") == "<unk>:0-3");
}

TEST_CASE("Unigram finds the pieces of a large random vocabulary") {
  std::mt19937 random(7);
  Tokens tokens{"<unk>"};
  std::vector<float> scores{-50};
  for (int i = 0; i < 3000; ++i) {
    std::string token;
    for (uint32_t n = 1 + random() % 6; n > 0; --n) {
      token += std::string("\xD0") + static_cast<char>(0xB0 + random() % 16);  // Cyrillic
    }
    tokens.push_back(token);
    scores.push_back(-static_cast<float>(token.size()));
  }
  // Long pieces cost as much as their letters, so that each is its own best path but for ties.
  const auto model = unigram(tokens, scores).with("unk_id", 0U).build();
  const auto state = model->make_state();
  for (const std::string& token : tokens) {
    size_t at = 0;
    for (const Piece& piece : pieces_of(*model, *state, token)) {
      CHECK(piece.begin == at);
      CHECK(model->vocabulary().token(piece.id) == token.substr(at, piece.end - at));
      at = piece.end;
    }
    CHECK(at == token.size());
  }
}

TEST_CASE("Unigram reads a word of any length in one pass") {
  const auto model = unigram(and_bytes({"<unk>", "a", "aa"}), std::vector<float>(259, -1))
                         .with("unk_id", 0U)
                         .with("byte_fallback", true)
                         .build();
  const auto state = model->make_state();
  CHECK(pieces_of(*model, *state, std::string(1'000'000, 'a')).size() == 500'000);
  CHECK(pieces_of(*model, *state, std::string(1'000'000, 'z')).size() == 1'000'000);
}

TEST_CASE("Unigram refuses scores that do not fit its tokens") {
  const auto error = [](const Described& model) { return model.error().code; };
  CHECK(error(Described("Unigram", {"a"})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {0, 0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a", "b"}, {0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {std::numeric_limits<float>::quiet_NaN()})) ==
        ErrorCode::kModelFormat);
  CHECK(error(unigram({"\xFF"}, {0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {0}).with("unk_id", 1U)) == ErrorCode::kModelFormat);
}

TEST_CASE("WordLevel knows whole words") {
  const auto model = Described("WordLevel", {"<unk>", "tea"}).with("unk_token", "<unk>").build();
  CHECK(tokenize(*model, "tea") == "tea:0-3");
  CHECK(tokenize(*model, "teas") == "<unk>:0-4");
}

TEST_CASE("WordPiece is read from its parameters") {
  const auto model = Described("WordPiece", {"[UNK]", "a", "##b", "##bc"})
                         .with("unk_token", "[UNK]")
                         .with("continuing_subword_prefix", "##")
                         .with("max_input_chars_per_word", 4U)
                         .build();
  CHECK(tokenize(*model, "abbc") == "a:0-1 ##b:1-2 ##bc:2-4");
  CHECK(tokenize(*model, "abcb") == "a:0-1 ##bc:1-3 ##b:3-4");
  CHECK(tokenize(*model, "abz") == "[UNK]:0-3");
  CHECK(tokenize(*model, "abbbb") == "[UNK]:0-5");
  CHECK(Described("WordPiece", {"a"}).with("unk_token", "a").error().code ==
        ErrorCode::kModelFormat);
}

TEST_CASE("Without an unknown token, what has no token is told") {
  const auto word_level = Described("WordLevel", {"a"}).with("unk_token", "<unk>").build();
  CHECK(tokenize(*word_level, "a") == "a:0-1");
  CHECK(tokenize(*word_level, "b") == "?:0-1");
  const auto pairs = bpe({"a", "b", "ab"}).with("unk_token", "<unk>").merges({{"a", "b"}}).build();
  CHECK(tokenize(*pairs, "ab") == "ab:0-2");
  CHECK(tokenize(*pairs, "azb") == "a:0-1 ?:1-2 b:2-3");
  const auto pieces = unigram({"a", "b"}, {-1, -1}).build();
  CHECK(tokenize(*pieces, "ab") == "a:0-1 b:1-2");
  CHECK(tokenize(*pieces, "az") == "?:0-2");
}

TEST_CASE("A model that is not known is refused by name") {
  const Error error = Described("Neural", {"a"}).error();
  CHECK(error.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(error.message.find("Neural") != std::string::npos);
}
