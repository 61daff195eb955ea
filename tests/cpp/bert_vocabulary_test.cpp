// How a tokenizer is read from GGUF metadata.
#include "src/tokenizer/bert_vocabulary.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "src/tokenizer/tokenizer.h"
#include "tests/cpp/gguf_builder.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

const std::string kStart = "\xE2\x96\x81";

std::vector<std::string> vocabulary(const std::vector<std::string>& more = {}) {
  std::vector<std::string> tokens{"[PAD]",  "[UNK]",         "[CLS]", "[SEP]",
                                  "[MASK]", kStart + "play", "ing"};
  tokens.insert(tokens.end(), more.begin(), more.end());
  return tokens;
}

/// What llama.cpp writes, less the keys that can be inferred.
GgufBuilder plain(const std::vector<std::string>& tokens = vocabulary()) {
  GgufBuilder builder;
  builder.set_string("tokenizer.ggml.model", "bert").set_strings("tokenizer.ggml.tokens", tokens);
  return builder;
}

BertVocabulary read(const GgufBuilder& builder) {
  const auto bytes = builder.build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  auto config = read_bert_vocabulary(*gguf);
  REQUIRE(config);
  return std::move(*config);
}

ErrorCode failure(const GgufBuilder& builder) {
  const auto bytes = builder.build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  const auto tokenizer = Tokenizer::from_gguf(*gguf);
  return tokenizer ? ErrorCode::kOk : tokenizer.error().code;
}

std::vector<int32_t> added_ids(const BertVocabulary& config) {
  std::vector<int32_t> ids;
  for (const auto& token : config.added_tokens) ids.push_back(token.id);
  return ids;
}

using Ids = std::vector<int32_t>;

}  // namespace

TEST_CASE("tokens come back in the reference's form") {
  const auto config = read(plain(vocabulary({"[unused1]", kStart + "[", "]", kStart})));
  const std::vector<std::string> expected{"[PAD]", "[UNK]",     "[CLS]", "[SEP]", "[MASK]", "play",
                                          "##ing", "[unused1]", "[",     "##]",   ""};
  REQUIRE(config.vocabulary.size() == expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    CHECK(config.vocabulary.token(static_cast<int32_t>(i)) == expected[i]);
  }
}

TEST_CASE("a file of llama.cpp without any setting is read by its vocabulary") {
  const auto config = read(plain());
  CHECK(config.normalizer.clean_text);
  CHECK(config.normalizer.handle_chinese_chars);
  CHECK(config.normalizer.lowercase);
  CHECK(config.normalizer.strip_accents);
  CHECK(config.wordpiece.unknown_id == 1);
  CHECK(config.wordpiece.max_input_chars_per_word == 100);
  CHECK(config.prefix == Ids{2});
  CHECK(config.suffix == Ids{3});
  CHECK(added_ids(config) == Ids{0, 1, 2, 3, 4});
}

TEST_CASE("a vocabulary with capitals is cased") {
  const auto config = read(plain(vocabulary({kStart + "Play"})));
  CHECK(!config.normalizer.lowercase);
  CHECK(!config.normalizer.strip_accents);
}

TEST_CASE("token types tell the special tokens and a person's own") {
  const auto config =
      read(plain(vocabulary({"[unused1]", kStart + "<x>", kStart + "mine"}))
               .set_ints("tokenizer.ggml.token_type", {3, 2, 3, 3, 1, 1, 1, 1, 3, 4}));
  CHECK(added_ids(config) == Ids{0, 1, 2, 3, 4, 8, 9});
  CHECK(config.added_tokens[5].flags == AddedToken::kSpecial);
  CHECK(config.added_tokens[6].flags == AddedToken::kNormalized);
}

TEST_CASE("special tokens are read by id before they are looked for by name") {
  const auto by_cls = read(plain()
                               .set_uint("tokenizer.ggml.cls_token_id", 5)
                               .set_uint("tokenizer.ggml.bos_token_id", 6)
                               .set_uint("tokenizer.ggml.seperator_token_id", 4)
                               .set_uint("tokenizer.ggml.unknown_token_id", 0));
  CHECK(by_cls.prefix == Ids{5});
  CHECK(by_cls.suffix == Ids{4});
  CHECK(by_cls.wordpiece.unknown_id == 0);
  const auto by_bos = read(plain()
                               .set_uint("tokenizer.ggml.bos_token_id", 6)
                               .set_uint("tokenizer.ggml.eos_token_id", 5));
  CHECK(by_bos.prefix == Ids{6});
  CHECK(by_bos.suffix == Ids{5});
}

TEST_CASE("kinvec's own keys go before what could be inferred") {
  const auto config = read(plain(vocabulary({kStart + "Play"}))
                               .set_string("kinvec.tokenizer.normalizer", "bert")
                               .set_string("kinvec.tokenizer.pre_tokenizer", "bert")
                               .set_bool("kinvec.tokenizer.clean_text", false)
                               .set_bool("kinvec.tokenizer.handle_chinese_chars", false)
                               .set_bool("kinvec.tokenizer.strip_accents", false)
                               .set_bool("kinvec.tokenizer.lowercase", true)
                               .set_uint("kinvec.tokenizer.max_input_chars_per_word", 50)
                               .set_ints("kinvec.tokenizer.added_tokens", {4, 5})
                               .set_ints("kinvec.tokenizer.added_token_flags", {18, 9})
                               .set_ints("kinvec.tokenizer.prefix", {2, 2})
                               .set_ints("kinvec.tokenizer.suffix", {}));
  CHECK(!config.normalizer.clean_text);
  CHECK(!config.normalizer.handle_chinese_chars);
  CHECK(!config.normalizer.strip_accents);
  CHECK(config.normalizer.lowercase);
  CHECK(config.wordpiece.max_input_chars_per_word == 50);
  CHECK(added_ids(config) == Ids{4, 5});
  CHECK(config.added_tokens[0].flags == (AddedToken::kSpecial | AddedToken::kLstrip));
  CHECK(config.prefix == Ids{2, 2});
  CHECK(config.suffix.empty());
}

TEST_CASE("other tokenizers are refused by name") {
  CHECK(failure(plain()) == ErrorCode::kOk);
  CHECK(failure(GgufBuilder()
                    .set_string("tokenizer.ggml.model", "gpt2")
                    .set_strings("tokenizer.ggml.tokens", vocabulary())) ==
        ErrorCode::kUnsupportedTokenizer);
  CHECK(failure(plain().set_string("kinvec.tokenizer.normalizer", "nfkc")) ==
        ErrorCode::kUnsupportedTokenizer);
  CHECK(failure(plain().set_string("kinvec.tokenizer.pre_tokenizer", "digits")) ==
        ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("damaged tokenizer metadata is refused") {
  const auto refused = [](const GgufBuilder& builder) {
    CHECK(failure(builder) == ErrorCode::kModelFormat);
  };
  refused(GgufBuilder().set_strings("tokenizer.ggml.tokens", vocabulary()));
  refused(GgufBuilder().set_string("tokenizer.ggml.model", "bert"));
  refused(GgufBuilder()
              .set_string("tokenizer.ggml.model", "bert")
              .set_ints("tokenizer.ggml.tokens", {1, 2, 3}));
  refused(plain({}));
  refused(plain({kStart + "a", "b"}));
  refused(plain().set_uint("tokenizer.ggml.unknown_token_id", 7));
  refused(plain().set_uint("tokenizer.ggml.cls_token_id", 0xFFFFFFFF));
  refused(plain().set_ints("kinvec.tokenizer.prefix", {-1}));
  refused(plain().set_ints("kinvec.tokenizer.suffix", {7}));
  refused(plain().set_strings("kinvec.tokenizer.suffix", {"[SEP]"}));
  refused(plain().set_ints("kinvec.tokenizer.added_tokens", {1}));
  refused(plain()
              .set_ints("kinvec.tokenizer.added_tokens", {1, 2})
              .set_ints("kinvec.tokenizer.added_token_flags", {16}));
  refused(plain()
              .set_ints("kinvec.tokenizer.added_tokens", {8})
              .set_ints("kinvec.tokenizer.added_token_flags", {16}));
}
