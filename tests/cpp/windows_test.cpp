// Texts longer than a model takes, in windows.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "src/engine.h"
#include "tests/cpp/engine_driver.h"
#include "tests/cpp/gguf_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("a long text makes windows that overlap by an eighth, each with its special tokens") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  // Ten tokens in a window are eight of the text, of which the next one repeats the last.
  const std::string text = "the cat sat on a mat . the cat sat on a mat ! a b";
  give_texts(engine, {"the cat", text, ""});
  REQUIRE(engine.tokenize(true, 10, true));
  CHECK(std::ranges::equal(engine.text_windows(), std::vector<uint32_t>{0, 1, 4, 5}));
  CHECK(std::ranges::equal(engine.window_offsets(), std::vector<uint32_t>{0, 4, 14, 24, 28, 30}));
  CHECK(std::ranges::equal(engine.full_token_counts(), std::vector<uint32_t>{4, 18, 2}));

  give_texts(engine, {text});
  REQUIRE(engine.tokenize(true, 0));
  const std::vector<int32_t> ids(engine.ids().begin(), engine.ids().end());
  const std::vector<int32_t> places(engine.token_offsets().begin(), engine.token_offsets().end());
  REQUIRE(engine.tokenize(true, 10, true));
  for (size_t window = 0; window < 3; ++window) {
    const size_t begin = engine.window_offsets()[window];
    const size_t end = engine.window_offsets()[window + 1];
    CHECK(engine.ids()[begin] == ids.front());
    CHECK(engine.ids()[end - 1] == ids.back());
    for (size_t i = begin + 1; i + 1 < end; ++i) {
      const size_t whole = i - begin + 7 * window;
      CHECK(engine.ids()[i] == ids[whole]);
      CHECK(engine.token_offsets()[2 * i] == places[2 * whole]);
      CHECK(engine.token_offsets()[2 * i + 1] == places[2 * whole + 1]);
    }
  }
  REQUIRE(engine.tokenize(true, 10));
  CHECK(engine.ids().size() == 10);
}

TEST_CASE("a long text's vector is the mean of its windows', weighted by their tokens") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  const std::string text = "the cat sat on a mat . the cat sat on a mat ! a b";
  const std::vector<std::string> parts{"the cat sat on a mat . the", "the cat sat on a mat ! a",
                                       "a b"};
  give_texts(engine, parts);
  REQUIRE(engine.tokenize(true, 10));
  const auto means = embed_tokens(engine, 0, false);
  for (const bool normalize : {false, true}) {
    give_texts(engine, {text});
    REQUIRE(engine.tokenize(true, 10, true));
    const auto vector = embed_tokens(engine, 0, normalize);
    std::vector<float> expected(32);
    for (size_t d = 0; d < 32; ++d) {
      expected[d] = (10 * means[d] + 10 * means[32 + d] + 4 * means[64 + d]) / 24;
    }
    CHECK(cosine(vector.data(), expected.data(), 32) == doctest::Approx(1.0));
    const float length = normalize ? std::sqrt(std::inner_product(expected.begin(), expected.end(),
                                                                  expected.begin(), 0.0F))
                                   : 1.0F;
    for (size_t d = 0; d < 32; ++d) CHECK(vector[d] == doctest::Approx(expected[d] / length));
  }
}

TEST_CASE("with windows, texts that fit in one have the same bits, and those beside long texts") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  const auto texts = sample_texts();  // up to 420 tokens, in a model that takes 600
  const auto plain = embed(engine, texts);
  give_texts(engine, texts);
  REQUIRE(engine.tokenize(true, 0, true));
  CHECK(embed_tokens(engine) == plain);

  // The long text takes several calls, in which no further text is done.
  std::string long_text;
  for (int i = 0; i < 3000; ++i) long_text += "cat ";
  give_texts(engine, {texts[0], long_text, texts[1]});
  REQUIRE(engine.tokenize(true, 0, true));
  REQUIRE(engine.begin_embed(0, true));
  std::vector<size_t> done;
  do {
    const auto now = engine.embed_next();
    REQUIRE(now);
    done.push_back(*now);
  } while (done.back() < 3);
  CHECK(std::ranges::count(done, 1) > 3);
  CHECK(std::ranges::is_sorted(done));
  const auto mixed = engine.vectors();
  CHECK(std::equal(plain.begin(), plain.begin() + 32, mixed.begin()));
  CHECK(std::equal(plain.begin() + 32, plain.begin() + 64, mixed.begin() + 64));

  // A trace is of the first window, of whichever text.
  REQUIRE(engine.trace(2, true, false));
  const size_t last = engine.text_windows()[2];
  const size_t n = engine.window_offsets()[last + 1] - engine.window_offsets()[last];
  CHECK(engine.hidden_states().size() == 3 * n * 32);
}

TEST_CASE("with windows, a limit that special tokens use up leaves one window, without text") {
  TinyBert tiny;
  for (const size_t positions : {2, 600}) {
    tiny.max_positions = positions;
    Engine engine;
    REQUIRE(load(engine, tiny.build()));
    give_texts(engine, {"the cat sat", ""});
    for (const size_t max_tokens : {1, 2}) {
      REQUIRE(engine.tokenize(true, max_tokens, true));
      CHECK(engine.ids().size() == 4);
      CHECK(engine.text_windows().back() == 2);
    }
    REQUIRE(engine.tokenize(true, 3, true));
    CHECK(engine.text_windows().back() == (positions == 2 ? 2 : 4));
    CHECK(embed_tokens(engine).size() == 64);
  }
}
