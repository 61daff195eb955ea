#include "src/model/static_model.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "src/engine.h"
#include "tests/cpp/engine_driver.h"
#include "tests/cpp/gguf_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

namespace {

constexpr size_t kWidth = 32;

// The words of TinyBert without special tokens around a text.
GgufBuilder describe_static() {
  const auto words = TinyBert().vocabulary();
  GgufBuilder builder;
  builder.set_string("general.architecture", "static")
      .set_uint("static.embedding_length", kWidth)
      .set_uint("static.context_length", 64)
      .set_uint("static.pooling_type", 1)
      .set_bool("kinvec.normalize", false)
      .set_string("tokenizer.ggml.model", "bert")
      .set_strings("tokenizer.ggml.tokens", words)
      .set_uint("tokenizer.ggml.unknown_token_id", 1)
      .set_ints("kinvec.tokenizer.prefix", {})
      .set_ints("kinvec.tokenizer.suffix", {});
  return builder;
}

std::vector<float> random_table(size_t rows) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<float> values(rows * kWidth);
  for (float& value : values) value = normal(random);
  return values;
}

std::vector<std::byte> static_file(const std::vector<float>& table) {
  GgufBuilder builder = describe_static();
  builder.add_floats("token_embd.weight", {kWidth, table.size() / kWidth}, table);
  return builder.build();
}

std::vector<float> embed_plain(Engine& engine, const std::vector<std::string>& texts) {
  give_texts(engine, texts);
  REQUIRE(engine.tokenize(true, 0));
  return embed_tokens(engine, 0, false);
}

}  // namespace

TEST_CASE("a static model's vector is the mean of its known tokens' vectors") {
  const auto table = random_table(TinyBert().vocabulary().size());
  Engine engine;
  REQUIRE(load(engine, static_file(table)));
  CHECK(engine.info().config.n_layers == 0);
  const auto vectors = embed_plain(engine, {"the cat \xe2\x82\xac", "", "\xe2\x82\xac"});
  const auto row = [&](size_t id, size_t c) { return table[id * kWidth + c]; };
  for (size_t c = 0; c < kWidth; ++c) {
    CHECK(vectors[c] == (row(5, c) + row(6, c)) / 2.0F);  // the sign has no token
    CHECK(vectors[kWidth + c] == 0.0F);
    CHECK(vectors[2 * kWidth + c] == 0.0F);
  }
}

TEST_CASE("a static model gives the same bits alone and in a batch, longer than one chunk") {
  Engine engine;
  REQUIRE(load(engine, static_file(random_table(TinyBert().vocabulary().size()))));
  std::vector<std::string> texts;
  texts.reserve(1000);
  for (size_t i = 0; i < 1000; ++i) texts.push_back(sample_texts()[i % 20]);
  const auto batch = embed(engine, texts);
  for (size_t i = 0; i < texts.size(); i += 101) {
    const auto alone = embed(engine, {texts[i]});
    CHECK(std::equal(alone.begin(), alone.end(), batch.begin() + static_cast<long>(i * kWidth)));
  }
}

TEST_CASE("int8 rows and int4 groups of a static model decode as elsewhere") {
  const size_t rows = TinyBert().vocabulary().size();
  std::mt19937 random(9);
  std::vector<int8_t> codes(rows * kWidth);
  for (int8_t& code : codes) code = static_cast<int8_t>(random());
  std::vector<float> scales(rows);
  for (size_t r = 0; r < rows; ++r) scales[r] = 0.5F / static_cast<float>(r + 1);
  GgufBuilder int8 = describe_static();
  int8.add_tensor("token_embd.weight", TensorType::kI8, {kWidth, rows}, codes.data(), codes.size());
  int8.add_floats("token_embd.scale", {rows}, scales);

  std::vector<uint8_t> blocks(rows * 20);
  for (uint8_t& byte : blocks) byte = static_cast<uint8_t>(random());
  const uint16_t halves[] = {0x2e66, 0xb4cd};  // 0.1 and -0.3
  for (size_t r = 0; r < rows; ++r) std::memcpy(&blocks[r * 20], halves, sizeof halves);
  GgufBuilder int4 = describe_static();
  int4.add_tensor("token_embd.weight", TensorType::kQ4_1, {kWidth, rows}, blocks.data(),
                  blocks.size());

  for (const auto& file : {int8.build(), int4.build()}) {
    Engine engine;
    REQUIRE(load(engine, file));
    CHECK(engine.info().dtype == WeightDtype::kInt8);
    const auto vector = embed_plain(engine, {"the cat"});
    REQUIRE(engine.trace(0, true, false));  // decodes row by row
    const auto states = engine.hidden_states();
    REQUIRE(states.size() == 2 * kWidth);
    for (size_t c = 0; c < kWidth; ++c) {
      CHECK(vector[c] == doctest::Approx((states[c] + states[kWidth + c]) / 2).epsilon(1e-6));
    }
  }
}

TEST_CASE("a static model has no attention, and no pooling but the mean") {
  const auto file = static_file(random_table(TinyBert().vocabulary().size()));
  Engine engine;
  EngineOptions cls;
  cls.pooling = Pooling::kCls;
  const auto refused = load(engine, file, cls);
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::kInvalidArgument);
  REQUIRE(load(engine, file));
  give_texts(engine, {"the cat"});
  REQUIRE(engine.tokenize(true, 0));
  const auto traced = engine.trace(0, false, true);
  REQUIRE(!traced);
  CHECK(traced.error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("a static model whose table is too short or of another width is refused") {
  const size_t rows = TinyBert().vocabulary().size();
  Engine engine;
  CHECK(!load(engine, static_file(random_table(rows - 1))));
  CHECK(!load(engine, describe_static().build()));
  GgufBuilder narrow = describe_static();
  narrow.add_floats("token_embd.weight", {16, 2 * rows}, random_table(rows));
  CHECK(!load(engine, narrow.build()));
}

TEST_CASE(
    "token ids are taken in place of texts, and refused where there is no such row or position") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  const auto expected = embed(engine, {"the cat"});
  const auto take = [&](const std::vector<int32_t>& ids) {
    char* block = engine.reserve_texts(ids.size() * sizeof(int32_t), 1);
    std::memcpy(block, ids.data(), ids.size() * sizeof(int32_t));
    engine.text_ends()[0] = static_cast<uint32_t>(ids.size());
    return engine.take_ids();
  };
  REQUIRE(take({2, 5, 6, 3}));
  CHECK(embed_tokens(engine) == expected);
  CHECK(!take({2, 5000, 3}));
  CHECK(!take({2, -1, 3}));
  CHECK(!take(std::vector<int32_t>(601, 5)));
  engine.reserve_texts(4, 1);
  engine.text_ends()[0] = 2;
  CHECK(!engine.take_ids());
  CHECK(embed(engine, {"the cat"}) == expected);
}
