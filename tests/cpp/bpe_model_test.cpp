// Byte-pair encoding, against what the reference gives for the same vocabularies and words.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

namespace {

ModelBuilder bpe(TokenStrings tokens) { return {"BPE", std::move(tokens)}; }

/// Merges of a random vocabulary over a few letters, of any order.
struct RandomMerges {
  TokenStrings tokens;
  std::string prefix;  // of tokens on the right
  std::vector<int32_t> pairs;

  RandomMerges(uint32_t seed, size_t count, TokenStrings letters = {"a", "b", "c", "d"},
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
    TokenStrings parts;
    for (const char c : word) parts.emplace_back(1, c);
    return merge(std::move(parts));
  }

  /// Byte-pair encoding as its definition says, one merge after the other.
  TokenStrings merge(TokenStrings parts) const {
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

TEST_CASE("BPE merges the lowest rank first") {
  const TokenStrings tokens{"a", "b", "c", "ab", "bc", "abc"};
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
  const auto fused = ModelBuilder(model).with("fuse_unk", true).build();
  CHECK(tokenize(*fused, "azzb") == "a:0-1 <unk>:1-3 b:3-4");
  CHECK(tokenize(*fused, "zz\u00E9a") == "<unk>:0-4 a:4-5");
  const std::string many(300, 'z');
  CHECK(tokenize(*fused, many + "a") == "<unk>:0-300 a:300-301");
}

TEST_CASE("BPE whose unknown token has no id tells what has no token") {
  const auto model = bpe({"a", "b", "ab"}).with("unk_token", "<unk>").merges({{"a", "b"}}).build();
  CHECK(tokenize(*model, "ab") == "ab:0-2");
  CHECK(tokenize(*model, "azb") == "a:0-1 ?:1-2 b:2-3");
}

TEST_CASE("BPE falls back to bytes if all of a character's bytes have tokens") {
  const TokenStrings tokens{"<unk>", "a", "b", "<0xC3>", "<0xA9>", "<0xE6>"};
  const auto model = bpe(tokens).with("unk_token", "<unk>").with("byte_fallback", true);
  CHECK(tokenize(*model.build(), "a\u00E9b") == "a:0-1 <0xC3>:1-2 <0xA9>:2-3 b:3-4");
  CHECK(tokenize(*model.build(), "a\u6F22b") == "a:0-1 <unk>:1-4 b:4-5");
  // An unknown token waits for the next character that is known.
  CHECK(tokenize(*model.build(), "z\u00E9b") == "<0xC3>:0-1 <0xA9>:1-2 <unk>:2-3 b:3-4");
  const auto fused = ModelBuilder(model).with("fuse_unk", true).build();
  CHECK(tokenize(*fused, "z\u00E9zb") == "<0xC3>:0-1 <0xA9>:1-2 <unk>:2-4 b:4-5");
}

TEST_CASE("BPE that ignores merges keeps a word that is a token") {
  const auto model = bpe({"a", "b", "c", "ab", "abc"}).merges({{"a", "b"}});
  CHECK(tokenize(*model.build(), "abc") == "ab:0-2 c:2-3");
  const auto ignoring = ModelBuilder(model).with("ignore_merges", true).build();
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
    // TokenStrings inside of a word and at its end have names of their own, and merges of their
    // own.
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
      const TokenStrings known = merges.tokens;
      TokenStrings parts;
      for (size_t i = 0; i < size; ++i) {
        std::string part = (i > 0 ? "#" : "") + word.substr(i, 1) + (i + 1 == size ? "." : "");
        if (std::ranges::find(known, part) != known.end()) parts.push_back(std::move(part));
      }
      TokenStrings tokens;
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
  const Error dropout = ModelBuilder(model).with("dropout", 0.1F).error();
  CHECK(dropout.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(dropout.message.find("dropout") != std::string::npos);
  ModelBuilder(model).with("dropout", 0.0F).build();

  const Error unknown = ModelBuilder(model).with("regularization", 1U).error();
  CHECK(unknown.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(unknown.message.find("regularization") != std::string::npos);
  const Error both =
      ModelBuilder(model).with("byte_fallback", true).with("end_of_word_suffix", "</w>").error();
  CHECK(both.code == ErrorCode::kUnsupportedTokenizer);

  for (const std::vector<int32_t>& ids :
       {std::vector<int32_t>{0}, {0, 3}, {-1, 0}, {1, 0}, {2147483647, 0}}) {
    CHECK(ModelBuilder(model).merges(ids).error().code == ErrorCode::kModelFormat);
  }
  const Error too_short =
      bpe({"a", "b"}).with("continuing_subword_prefix", "##").merges({0, 1}).error();
  CHECK(too_short.code == ErrorCode::kModelFormat);
}
