// The bundled model's vocabulary under every combination of the normalizer's options, against
// hashes that tests/golden/tokenizer/make_golden.py took from the reference.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "src/tokenizer/bert_vocabulary.h"
#include "src/tokenizer/tokenizer.h"

using namespace kinvec;

namespace {

constexpr size_t kTextsPerBlock = 50;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string from_hex(const std::string& hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return out;
}

struct Fnv1a64 {
  uint64_t hash = 0xCBF29CE484222325;

  void add(int32_t value) {
    for (int i = 0; i < 4; ++i) {
      hash = (hash ^ (static_cast<uint32_t>(value) >> 8 * i & 0xFF)) * 0x100000001B3;
    }
  }
};

std::string hash_block(const Tokenizer& tokenizer, const std::vector<std::string>& texts,
                       size_t begin) {
  Fnv1a64 hash;
  const auto scratch = tokenizer.make_scratch();
  Encoding encoding;
  for (size_t i = begin; i < std::min(begin + kTextsPerBlock, texts.size()); ++i) {
    REQUIRE(tokenizer.encode(texts[i], {}, *scratch, encoding));
    hash.add(static_cast<int32_t>(encoding.ids.size()));
    for (const int32_t id : encoding.ids) hash.add(id);
    for (const int32_t place : encoding.offsets) hash.add(place);
  }
  std::ostringstream out;
  out.width(16);
  out.fill('0');
  out << std::hex << hash.hash;
  return out.str();
}

}  // namespace

TEST_CASE("every combination of the normalizer's options equals the reference") {
  const std::string model = read_file(KINVEC_MODELS_DIR "/all-MiniLM-L6-v2.q8.gguf");
  const auto gguf = Gguf::parse(std::as_bytes(std::span(model)));
  REQUIRE(gguf);

  std::ifstream golden(KINVEC_GOLDEN_DIR "/tokenizer/normalizer_options.txt");
  std::vector<std::string> texts;
  size_t combinations = 0;
  std::string line;
  while (std::getline(golden, line)) {
    std::istringstream fields(line);
    std::string kind;
    fields >> kind;
    if (kind == "text") {
      std::string hex;
      fields >> hex;
      texts.push_back(from_hex(hex));
    } else if (kind == "options") {
      CAPTURE(line);
      auto config = read_bert_vocabulary(*gguf);
      REQUIRE(config);
      auto& options = config->normalizer;
      fields >> options.clean_text >> options.handle_chinese_chars >> options.strip_accents >>
          options.lowercase;
      TokenizerParts parts;
      REQUIRE(add_bert_parts(std::move(*config), parts));
      const auto tokenizer = Tokenizer::from_parts(std::move(parts));
      REQUIRE(tokenizer);
      std::string expected;
      for (size_t begin = 0; begin < texts.size(); begin += kTextsPerBlock) {
        CAPTURE(begin);
        fields >> expected;
        CHECK(hash_block(**tokenizer, texts, begin) == expected);
      }
      ++combinations;
    }
  }
  CHECK(texts.size() == 400);
  CHECK(combinations == 16);
}
