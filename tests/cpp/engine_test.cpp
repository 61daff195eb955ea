#include "src/engine.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "src/xxh64.h"
#include "tests/cpp/engine_driver.h"
#include "tests/cpp/gguf_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

namespace {

EngineOptions int8_options(DotMode mode = DotMode::kUnsigned) {
  return {WeightDtype::kInt8, std::nullopt, mode, true};
}

}  // namespace

TEST_CASE("a text's vector has the same bits alone, in a batch, in any order") {
  for (const auto dtype : {WeightDtype::kF32, WeightDtype::kInt8}) {
    Engine engine;
    REQUIRE(load(engine, TinyBert().build(), {dtype, std::nullopt, DotMode::kUnsigned, true}));
    const size_t width = engine.info().config.hidden_size;
    auto texts = sample_texts();
    const auto batch = embed(engine, texts);
    for (size_t i = 0; i < texts.size(); i += 7) {
      const auto alone = embed(engine, {texts[i]});
      CHECK(std::equal(alone.begin(), alone.end(), batch.begin() + static_cast<long>(i * width)));
    }
    std::reverse(texts.begin(), texts.end());
    const auto reversed = embed(engine, texts);
    for (size_t i = 0; i < texts.size(); ++i) {
      CHECK(std::equal(reversed.begin() + static_cast<long>(i * width),
                       reversed.begin() + static_cast<long>((i + 1) * width),
                       batch.begin() + static_cast<long>((texts.size() - 1 - i) * width)));
    }
  }
}

TEST_CASE("int8 weights stay near f32, and the signed dot mode gives the unsigned one's bits") {
  Engine exact;
  Engine small;
  Engine mirrored;
  REQUIRE(load(exact, TinyBert().build()));
  REQUIRE(load(small, TinyBert().build(), int8_options()));
  REQUIRE(load(mirrored, TinyBert().build(), int8_options(DotMode::kSigned)));
  CHECK(exact.info().dtype == WeightDtype::kF32);
  CHECK(small.info().dtype == WeightDtype::kInt8);
  const auto texts = sample_texts();
  const auto reference = embed(exact, texts);
  const auto quantised = embed(small, texts);
  CHECK(embed(mirrored, texts) == quantised);
  const size_t width = exact.info().config.hidden_size;
  for (size_t i = 0; i < texts.size(); ++i) {
    CHECK(cosine(&reference[i * width], &quantised[i * width], width) > 0.995);
  }
}

TEST_CASE("weights of seven bits stay near f32 as well, from whatever the file holds") {
  Engine exact;
  REQUIRE(load(exact, TinyBert().build()));
  const auto texts = sample_texts();
  const auto reference = embed(exact, texts);
  const size_t width = exact.info().config.hidden_size;
  for (const auto mode : {DotMode::kUnsigned, DotMode::kSigned}) {
    Engine narrow;
    REQUIRE(load(narrow, TinyBert().build(), {WeightDtype::kInt7, std::nullopt, mode, true}));
    CHECK(narrow.info().dtype == WeightDtype::kInt7);
    const auto vectors = embed(narrow, texts);
    for (size_t i = 0; i < texts.size(); ++i) {
      CHECK(cosine(&reference[i * width], &vectors[i * width], width) > 0.99);
    }
  }
}

TEST_CASE("shortened vectors are the first values, normalised afterwards") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  const auto full = embed(engine, {"the cat"});
  const auto cut = embed(engine, {"the cat"}, 8);
  REQUIRE(cut.size() == 8);
  CHECK(cosine(full.data(), cut.data(), 8) == doctest::Approx(1.0));
  CHECK(cosine(cut.data(), cut.data(), 8) == doctest::Approx(1.0));
  give_texts(engine, {"the cat"});
  REQUIRE(engine.tokenize(true, 0));
  const auto wide = engine.begin_embed(33, true);
  REQUIRE(!wide);
  CHECK(wide.error().code == ErrorCode::kDimensionMismatch);
}

TEST_CASE("pooling comes from the file or the caller and is never guessed") {
  TinyBert silent;
  silent.state_pooling = false;
  Engine engine;
  const auto refused = load(engine, silent.build());
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::kPoolingUnknown);
  EngineOptions cls;
  cls.pooling = Pooling::kCls;
  REQUIRE(load(engine, silent.build(), cls));
  CHECK(engine.info().pooling == Pooling::kCls);
  const auto vector = embed(engine, {"the cat"});
  give_texts(engine, {"the cat"});
  REQUIRE(engine.tokenize(true, 0));
  REQUIRE(engine.trace(0, true, false));
  const size_t n = engine.window_offsets()[1];
  const float* first = engine.hidden_states().data() + engine.info().config.n_layers * n * 32;
  CHECK(cosine(vector.data(), first, 32) == doctest::Approx(1.0));
}

TEST_CASE("attention rows sum to 1 and hidden states start at the embedding, on both paths") {
  for (const auto dtype : {WeightDtype::kF32, WeightDtype::kInt8}) {
    Engine engine;
    REQUIRE(load(engine, TinyBert().build(), {dtype, std::nullopt, DotMode::kUnsigned, true}));
    give_texts(engine, {"the cat sat on the mat."});
    REQUIRE(engine.tokenize(true, 0));
    REQUIRE(engine.trace(0, true, true));
    const size_t n = engine.window_offsets()[1];
    CHECK(engine.hidden_states().size() == 3 * n * 32);
    REQUIRE(engine.attentions().size() == 2 * 2 * n * n);
    for (size_t row = 0; row < 2 * 2 * n; ++row) {
      double total = 0;
      for (size_t j = 0; j < n; ++j) total += engine.attentions()[row * n + j];
      CHECK(total == doctest::Approx(1.0));
    }
    const auto outside = engine.trace(1, true, true);
    REQUIRE(!outside);
    CHECK(outside.error().code == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("texts are cut at the model's limit, the closing token kept, and the full count told") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build()));
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "cat ";
  give_texts(engine, {text});
  REQUIRE(engine.tokenize(true, 0));
  CHECK(engine.ids().size() == 600);
  CHECK(engine.ids().back() == 3);
  CHECK(engine.full_token_counts()[0] == 5002);
  REQUIRE(engine.tokenize(true, 100000));
  CHECK(engine.ids().size() == 600);
  REQUIRE(engine.tokenize(true, 10));
  CHECK(engine.ids().size() == 10);
  CHECK(embed(engine, {text, "cat"}).size() == 64);
}

TEST_CASE("a model whose positions do not even hold the special tokens is refused") {
  TinyBert tiny;
  tiny.max_positions = 2;
  Engine engine;
  REQUIRE(load(engine, tiny.build()));
  CHECK(embed(engine, {"the cat"}).size() == 32);
  tiny.max_positions = 1;
  const auto loaded = load(engine, tiny.build());
  REQUIRE(!loaded);
  CHECK(loaded.error().code == ErrorCode::kModelFormat);
}

TEST_CASE("a wrong checksum is found, a right one passes") {
  auto bytes = TinyBert().build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  const std::string right = "xxh64:" + hex16(xxh64(gguf->tensor_section()));
  for (const bool intact : {true, false}) {
    GgufBuilder builder = TinyBert().describe();
    builder.set_string("kinvec.checksum", intact ? right : "xxh64:0123456789abcdef");
    TinyBert().add_tensors(builder);
    Engine engine;
    const auto loaded = load(engine, builder.build());
    CHECK(static_cast<bool>(loaded) == intact);
    if (!loaded) CHECK(loaded.error().code == ErrorCode::kModelHash);
  }
}

TEST_CASE("a file gives the same model in pieces of any size, and damage is found in them") {
  const auto file = TinyBert().build();
  Engine whole;
  std::byte* block = whole.reserve_model(file.size());
  std::copy(file.begin(), file.end(), block);
  REQUIRE(whole.load({}));
  CHECK(!whole.load({}));  // the block is spent
  REQUIRE(load(whole, file, {}, file.size()));
  const auto expected = embed(whole, {"the cat sat"});

  const auto hash = hex16(xxh64(Gguf::parse(file)->tensor_section()));
  GgufBuilder builder = TinyBert().describe();
  builder.set_string("kinvec.checksum", "xxh64:" + hash);
  TinyBert().add_tensors(builder);
  const auto sealed = builder.build();
  for (const size_t piece : {size_t{33}, size_t{4096}, size_t{10007}}) {
    Engine engine;
    REQUIRE(load(engine, sealed, {}, piece));
    CHECK(embed(engine, {"the cat sat"}) == expected);
    auto damaged = sealed;
    damaged.back() ^= std::byte{1};
    const auto loaded = load(engine, damaged, {}, piece);
    REQUIRE(!loaded);
    CHECK(loaded.error().code == ErrorCode::kModelHash);
  }
}

TEST_CASE("xxh64 gives the values of its specification") {
  const auto hash = [](std::string_view text) {
    return hex16(xxh64({reinterpret_cast<const std::byte*>(text.data()), text.size()}));
  };
  CHECK(hash("") == "ef46db3751d8e999");
  CHECK(hash("a") == "d24ec4f1a98c6e5b");
  CHECK(hash("abc") == "44bc2cf5ad770999");
  CHECK(hash("The quick brown fox jumps over the lazy dog") == "0b242d361fda71bc");
}

TEST_CASE("calls without a model or with nonsense are answered, not crashed on") {
  Engine engine;
  CHECK(!engine.load({}));
  CHECK(!engine.tokenize(true, 0));
  CHECK(!engine.begin_embed(0, true));
  CHECK(!engine.embed_next());
  CHECK(!engine.trace(0, true, true));
  CHECK(engine.token_strings().ends.empty());
  REQUIRE(load(engine, TinyBert().build()));
  engine.reserve_texts(3, 2);
  engine.text_ends()[0] = 100;
  const auto bad = engine.tokenize(true, 0);
  REQUIRE(!bad);
  CHECK(bad.error().code == ErrorCode::kInvalidArgument);
  CHECK(embed(engine, {"cat"}).size() == 32);
  // Texts that were refused, or not yet encoded, are none.
  give_texts(engine, {"the cat", "sat"});
  const auto early = engine.embed_next();
  CHECK((early && *early == 0));
  engine.text_ends()[1] = 100;
  CHECK(!engine.tokenize(true, 0));
  REQUIRE(engine.begin_embed(0, true));
  const auto late = engine.embed_next();
  CHECK((late && *late == 0));
  CHECK(engine.vectors().empty());
}

TEST_CASE("two thousand damaged model files give an error or a model, and never a crash") {
  const auto good = TinyBert().build();
  Engine engine;
  REQUIRE(load(engine, good));
  const auto expected = embed(engine, {"the cat sat"});
  std::mt19937 random(7);
  size_t refused = 0;
  const size_t header = Gguf::parse(good)->tensors()[0].offset;
  for (int round = 0; round < 2000; ++round) {
    auto bytes = good;
    switch (round % 4) {
      case 0:  // cut off
        bytes.resize(random() % bytes.size());
        break;
      case 1:  // a few flipped bytes in the header
        for (int i = 0; i < 3; ++i) bytes[random() % header] ^= std::byte(1U << random() % 8);
        break;
      case 2: {  // an absurd count or size
        const uint64_t absurd =
            random() % 2 == 0 ? UINT64_MAX : uint64_t{random()} << random() % 33;
        std::memcpy(bytes.data() + random() % (header - 8), &absurd, 8);
        break;
      }
      default:  // damage anywhere, weights included
        for (int i = 0; i < 20; ++i) bytes[random() % bytes.size()] = std::byte(random());
        break;
    }
    const auto loaded = load(engine, bytes, round % 8 < 4 ? EngineOptions() : int8_options());
    if (!loaded) {
      ++refused;
      CHECK(loaded.error().code != ErrorCode::kOk);
      CHECK(!loaded.error().message.empty());
    } else if (round % 16 == 3) {
      embed(engine, {"the cat sat"});
    }
  }
  CHECK(refused > 1000);
  REQUIRE(load(engine, good));
  CHECK(embed(engine, {"the cat sat"}) == expected);
}

TEST_CASE("second moments are found after a calibration's first pass, of f32 weights") {
  Engine engine;
  REQUIRE(load(engine, TinyBert().build(), {WeightDtype::kF32, std::nullopt, {}, true}));
  CHECK(!engine.begin_moments(0, 1));
  give_texts(engine, {"the cat sat", "a mat !"});
  REQUIRE(engine.tokenize(true, 0));
  REQUIRE(engine.begin_calibration());
  REQUIRE(engine.embed_next());
  REQUIRE(engine.begin_moments(1, 1));
  REQUIRE(engine.embed_next());
  const std::span<const float> moments = engine.calibration()->moments();
  REQUIRE(moments.size() == 3 * 32 * 32 + 64 * 64);
  for (size_t c = 0; c < 32; ++c) CHECK(moments[c * 32 + c] > 0.0F);

  Engine small;
  REQUIRE(load(small, TinyBert().build(), {WeightDtype::kInt8, std::nullopt, {}, true}));
  CHECK(!small.begin_calibration());
}
