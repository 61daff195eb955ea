// Vocabularies.
#include <doctest/doctest.h>

#include <string>

#include "model_builder.h"

using namespace kinvec;
using namespace kinvec::testing;

TEST_CASE("A vocabulary finds the last of equal tokens, and no empty one") {
  Vocabulary vocabulary;
  CHECK(vocabulary.find("a") == -1);
  for (const char* token : {"a", "", "b", "a", "a longer token than eight bytes", ""}) {
    vocabulary.add({}, token);
  }
  vocabulary.add("##", "ing");
  CHECK(vocabulary.find("a") == 3);
  CHECK(vocabulary.find("b") == 2);
  CHECK(vocabulary.find("") == -1);
  CHECK(vocabulary.find("a longer token than eight bytes") == 4);
  CHECK(vocabulary.find("a longer token than eight byte") == -1);
  CHECK(vocabulary.find("##ing") == 6);
  CHECK(vocabulary.find("ing") == -1);
  CHECK(vocabulary.token(1).empty());
}

TEST_CASE("A vocabulary of any size finds all its tokens") {
  Vocabulary vocabulary;
  for (int i = 0; i < 5000; ++i) vocabulary.add({}, std::to_string(i));
  int32_t found = 0;
  for (int i = 0; i < 5000; ++i) found += vocabulary.find(std::to_string(i)) == i ? 1 : 0;
  CHECK(found == 5000);
  CHECK(vocabulary.find("5000") == -1);
}
