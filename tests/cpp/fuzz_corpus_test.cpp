// Inputs that fuzzing has found, and those it starts from: none may crash, hang or contradict.
#include <doctest/doctest.h>

#include <span>

#include "tests/fuzz/model_fuzz.h"
#include "tests/fuzz/tokenizer_fuzz.h"

using namespace kinvec;

namespace {

const std::string kFolder = KINVEC_FUZZ_DIR;

}  // namespace

TEST_CASE("small tokenizers of all kinds and forms load, encode and decode") {
  CHECK(fuzz::load_folder(kFolder + "/tokenizers").size() == 18);
  for (const std::string& path : fuzz::list_files(kFolder + "/tokenizers")) {
    CAPTURE(path);
    fuzz::load_tokenizer(fuzz::read_file(path));
  }
}

TEST_CASE("damaged tokenizers that were found by fuzzing do no harm") {
  for (const std::string& path : fuzz::list_files(kFolder + "/corpus/load")) {
    CAPTURE(path);
    fuzz::load_tokenizer(fuzz::read_file(path));
  }
}

TEST_CASE("texts that were found by fuzzing are encoded the same way every time") {
  const auto tokenizers = fuzz::load_folder(kFolder + "/tokenizers");
  for (const std::string& path : fuzz::list_files(kFolder + "/corpus/encode")) {
    CAPTURE(path);
    fuzz::encode_text(tokenizers, fuzz::read_file(path));
  }
}

TEST_CASE("small models of all weight types, and damaged ones, load and embed or are refused") {
  for (const char* folder : {"/models", "/corpus/model"}) {
    for (const std::string& path : fuzz::list_files(kFolder + folder)) {
      CAPTURE(path);
      fuzz::load_model(fuzz::read_file(path));
    }
  }
}
