// What is the same for models of all kinds.
#include <doctest/doctest.h>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("A model that is not known is refused by name") {
  const Error error = ModelBuilder("Neural", {"a"}).error();
  CHECK(error.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(error.message.find("Neural") != std::string::npos);
}
