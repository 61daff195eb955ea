// How a file says that texts are cut.
#include "src/tokenizer/encode_options.h"

#include <doctest/doctest.h>

#include "gguf_builder.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

const std::string kTruncation = "kinvec.tokenizer.truncation.";

Result<EncodeOptions> options_of(GgufBuilder& builder) {
  const auto file = builder.build();
  const auto gguf = Gguf::parse(file);
  REQUIRE(gguf);
  return read_encode_options(*gguf);
}

}  // namespace

TEST_CASE("a file that says nothing cuts nothing") {
  GgufBuilder builder;
  const auto options = options_of(builder);
  REQUIRE(options);
  CHECK(options->max_tokens == SIZE_MAX);
  CHECK(options->add_special_tokens);
}

TEST_CASE("a model's file has the model's limit") {
  GgufBuilder builder;
  builder.set_uint("kinvec.max_tokens", 256);
  const auto options = options_of(builder);
  REQUIRE(options);
  CHECK(options->max_tokens == 256);
}

TEST_CASE("a tokenizer's own truncation goes before it") {
  GgufBuilder builder;
  builder.set_uint("kinvec.max_tokens", 256)
      .set_uint(kTruncation + "max_length", 128)
      .set_uint(kTruncation + "stride", 16)
      .set_string(kTruncation + "strategy", "OnlySecond")
      .set_string(kTruncation + "direction", "Left");
  const auto options = options_of(builder);
  REQUIRE(options);
  CHECK(options->max_tokens == 128);
  CHECK(options->stride == 16);
  CHECK(options->strategy == TruncationStrategy::kOnlySecond);
  CHECK(options->side == TruncationSide::kLeft);
}

TEST_CASE("truncation of values that are not known is refused") {
  GgufBuilder strategy;
  strategy.set_uint(kTruncation + "max_length", 8).set_string(kTruncation + "strategy", "Any");
  GgufBuilder direction;
  direction.set_uint(kTruncation + "max_length", 8).set_string(kTruncation + "direction", "Up");
  GgufBuilder length;
  length.set_string(kTruncation + "max_length", "8");
  GgufBuilder stride;
  stride.set_uint(kTruncation + "max_length", 8).set_string(kTruncation + "stride", "1");
  for (GgufBuilder* builder : {&strategy, &direction, &length, &stride}) {
    const auto options = options_of(*builder);
    REQUIRE_FALSE(options);
    CHECK(options.error().code == ErrorCode::kModelFormat);
  }
}
