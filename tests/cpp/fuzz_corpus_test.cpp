// Inputs that fuzzing has found, and those it starts from: none may crash, hang or contradict.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/fuzz/graph_fuzz.h"
#include "tests/fuzz/index_fuzz.h"
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

TEST_CASE("long texts of one character cost linear time, whatever the tokenizer") {
  // Were any stage quadratic, these would take minutes.
  const auto tokenizers = fuzz::load_folder(kFolder + "/tokenizers");
  for (const std::string_view unit :
       {"a", " ", "\n", "1", "\xCC\x81", "\xE4\xB8\xAD", "\xFF", "\xF0\x9F\x98\x80"}) {
    std::string text;
    while (text.size() < (1 << 16)) text += unit;
    for (const Tokenizer& tokenizer : tokenizers) {
      const auto scratch = tokenizer.make_scratch();
      Encoding encoding;
      if (tokenizer.encode(text, {}, *scratch, encoding)) tokenizer.decode(encoding.ids, false);
    }
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

TEST_CASE("rows of all forms, and damaged ones, are restored or refused") {
  for (const std::string& path : fuzz::list_files(kFolder + "/corpus/index")) {
    CAPTURE(path);
    fuzz::restore_index(fuzz::read_file(path));
  }
}

TEST_CASE("graphs, and damaged ones, are restored or refused") {
  for (const std::string& path : fuzz::list_files(kFolder + "/corpus/graph")) {
    CAPTURE(path);
    fuzz::restore_graph(fuzz::read_file(path));
  }
}
