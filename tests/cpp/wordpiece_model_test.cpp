// WordPiece, against what the reference gives for the same vocabularies and words.
#include <doctest/doctest.h>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("WordPiece is read from its parameters") {
  const auto model = ModelBuilder("WordPiece", {"[UNK]", "a", "##b", "##bc"})
                         .with("unk_token", "[UNK]")
                         .with("continuing_subword_prefix", "##")
                         .with("max_input_chars_per_word", 4U)
                         .build();
  CHECK(tokenize(*model, "abbc") == "a:0-1 ##b:1-2 ##bc:2-4");
  CHECK(tokenize(*model, "abcb") == "a:0-1 ##bc:1-3 ##b:3-4");
  CHECK(tokenize(*model, "abz") == "[UNK]:0-3");
  CHECK(tokenize(*model, "abbbb") == "[UNK]:0-5");
  CHECK(ModelBuilder("WordPiece", {"a"}).with("unk_token", "a").error().code ==
        ErrorCode::kModelFormat);
}
