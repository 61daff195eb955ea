#include "src/gguf.h"

#include <doctest/doctest.h>

#include "tests/cpp/gguf_builder.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;
using kinvec::testing::TinyBert;

TEST_CASE("metadata and tensors come back as they were written") {
  const std::vector<float> values{1, 2, 3, 4, 5, 6};
  const auto bytes = GgufBuilder()
                         .set_string("general.name", "n")
                         .set_uint("u", 7)
                         .set_float("f", 0.5F)
                         .set_bool("b", true)
                         .set_strings("words", {"one", "", "three"})
                         .set_ints("ints", {-1, 2})
                         .add_floats("w", {3, 2}, values)
                         .build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  CHECK(gguf->get_string("general.name") == "n");
  CHECK(gguf->get_uint("u") == 7);
  CHECK(gguf->get_float("f") == 0.5);
  CHECK(gguf->get_bool("b") == true);
  REQUIRE(gguf->find_array("words") != nullptr);
  CHECK(gguf->find_array("words")->size() == 3);
  CHECK(gguf->find_array("words")->string_at(2) == "three");
  CHECK(gguf->find_array("ints")->int_at(0) == -1);
  const GgufTensor* w = gguf->find_tensor("w");
  REQUIRE(w != nullptr);
  CHECK(w->columns() == 3);
  CHECK(w->rows() == 2);
  CHECK(std::memcmp(w->data.data(), values.data(), 24) == 0);
}

TEST_CASE("a look-up of another kind or of an absent key answers nothing") {
  const auto bytes = GgufBuilder().set_string("s", "x").set_ints("a", {1}).build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  CHECK(!gguf->get_uint("s"));
  CHECK(!gguf->get_uint("a"));
  CHECK(!gguf->get_string("none"));
  CHECK(gguf->find_array("s") == nullptr);
  CHECK(gguf->find_tensor("none") == nullptr);
}

TEST_CASE("what is no GGUF version 3 is refused by name") {
  const auto code = [](std::vector<std::byte> bytes) {
    const auto gguf = Gguf::parse(bytes);
    return gguf ? ErrorCode::kOk : gguf.error().code;
  };
  CHECK(code({}) == ErrorCode::kModelFormat);
  auto html = std::vector<std::byte>(100, std::byte{'<'});
  CHECK(code(html) == ErrorCode::kModelFormat);
  auto bytes = GgufBuilder().set_uint("u", 1).build();
  bytes[4] = std::byte{2};
  CHECK(code(bytes) == ErrorCode::kModelVersion);
}

TEST_CASE("an unknown weight type is refused with its number") {
  const float value = 0;
  const auto bytes =
      GgufBuilder().add_tensor("w", static_cast<TensorType>(99), {1}, &value, 4).build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(!gguf);
  CHECK(gguf.error().code == ErrorCode::kUnsupportedDtype);
  CHECK(gguf.error().message.find("99") != std::string::npos);
}

TEST_CASE("every truncation of a model file is an error that names a place") {
  const auto bytes = TinyBert().build();
  size_t accepted = 0;
  for (size_t length = 0; length < bytes.size(); length += length < 4000 ? 1 : 997) {
    // A copy of exactly this length, so that the sanitizer sees a read past its end.
    const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<long>(length));
    const auto gguf = Gguf::parse(cut);
    accepted += gguf ? 1 : 0;
    if (!gguf) {
      CHECK(gguf.error().at >= 0);
      CHECK(!gguf.error().message.empty());
    }
  }
  CHECK(accepted == 0);
}

TEST_CASE("absurd counts and sizes are refused before memory is taken for them") {
  const auto good = TinyBert().build();
  for (size_t at = 8; at < 4000; at += 3) {
    for (const uint64_t absurd : {UINT64_MAX, uint64_t{1} << 62, uint64_t{1} << 32}) {
      auto bytes = good;
      std::memcpy(bytes.data() + at, &absurd, 8);
      const auto gguf = Gguf::parse(bytes);
      if (!gguf) CHECK(gguf.error().code != ErrorCode::kOk);
    }
  }
}
