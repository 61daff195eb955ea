#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "src/engine.h"

using namespace kinvec;

TEST_CASE("the committed model gives its stored probe vector natively too, bit for bit") {
  std::ifstream file(KINVEC_MODELS_DIR "/all-MiniLM-L6-v2.q8.gguf", std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  REQUIRE(bytes.size() > 20'000'000);
  for (const DotMode mode : {DotMode::kUnsigned, DotMode::kSigned}) {
    Engine engine;
    std::byte* block = engine.reserve_model(bytes.size());
    REQUIRE(block != nullptr);
    std::memcpy(block, bytes.data(), bytes.size());
    EngineOptions options;
    options.dot_mode = mode;
    REQUIRE(engine.load(options));
    CHECK(engine.info().dtype == WeightDtype::kInt8);
    CHECK(engine.info().max_tokens == 256);

    const std::string& text = engine.info().probe_text;
    REQUIRE(!text.empty());
    std::memcpy(engine.reserve_texts(text.size(), 1), text.data(), text.size());
    engine.text_ends()[0] = static_cast<uint32_t>(text.size());
    REQUIRE(engine.tokenize(true, 0));
    REQUIRE(engine.begin_embed(0, true));
    REQUIRE(engine.embed_next());
    const std::vector<float> vector(engine.vectors().begin(), engine.vectors().end());
    CHECK(vector == engine.info().probe_vector);
  }
}
