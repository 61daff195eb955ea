// WordLevel, against what the reference gives for the same vocabularies and words.
#include <doctest/doctest.h>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("WordLevel knows whole words") {
  const auto model = ModelBuilder("WordLevel", {"<unk>", "tea"}).with("unk_token", "<unk>").build();
  CHECK(tokenize(*model, "tea") == "tea:0-3");
  CHECK(tokenize(*model, "teas") == "<unk>:0-4");
}

TEST_CASE("WordLevel without an unknown token tells what has no token") {
  const auto model = ModelBuilder("WordLevel", {"a"}).with("unk_token", "<unk>").build();
  CHECK(tokenize(*model, "a") == "a:0-1");
  CHECK(tokenize(*model, "b") == "?:0-1");
}
