// Unigram, against what the reference gives for the same vocabularies and words.
#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

namespace {

ModelBuilder unigram(TokenStrings tokens, const std::vector<float>& scores) {
  ModelBuilder model("Unigram", std::move(tokens));
  model.scores(scores);
  return model;
}

/// The tokens <0x00> to <0xFF> behind others.
TokenStrings and_bytes(TokenStrings tokens) {
  const char* const digits = "0123456789ABCDEF";
  for (int byte = 0; byte < 256; ++byte) {
    tokens.push_back(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
  }
  return tokens;
}

}  // namespace

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

TEST_CASE("Unigram without an unknown token tells what has no token") {
  const auto model = unigram({"a", "b"}, {-1, -1}).build();
  CHECK(tokenize(*model, "ab") == "a:0-1 b:1-2");
  CHECK(tokenize(*model, "az") == "?:0-2");
}

TEST_CASE("Unigram finds the pieces of a large random vocabulary") {
  std::mt19937 random(7);
  TokenStrings tokens{"<unk>"};
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
  const auto error = [](const ModelBuilder& model) { return model.error().code; };
  CHECK(error(ModelBuilder("Unigram", {"a"})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {0, 0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a", "b"}, {0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {std::numeric_limits<float>::quiet_NaN()})) ==
        ErrorCode::kModelFormat);
  CHECK(error(unigram({"\xFF"}, {0})) == ErrorCode::kModelFormat);
  CHECK(error(unigram({"a"}, {0}).with("unk_id", 1U)) == ErrorCode::kModelFormat);
}
