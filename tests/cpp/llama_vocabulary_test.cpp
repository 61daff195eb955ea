// Vocabularies as llama.cpp writes them, told in the terms of a tokenizer.json.
#include "src/tokenizer/llama_vocabulary.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "gguf_builder.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;

namespace {

constexpr int32_t kNormal = 1;
constexpr int32_t kUnknown = 2;
constexpr int32_t kControl = 3;
constexpr int32_t kUserDefined = 4;
constexpr int32_t kUnused = 5;
constexpr int32_t kByte = 6;

/// Keeps the bytes that a parsed description points into.
struct Description {
  std::vector<std::byte> bytes;
  Gguf gguf;

  std::string text(const std::string& key) const {
    return std::string(gguf.get_string("kinvec.tokenizer." + key).value_or("missing"));
  }
  uint64_t number(const std::string& key) const {
    return gguf.get_uint("kinvec.tokenizer." + key).value_or(999);
  }
  std::vector<double> numbers(const std::string& key) const {
    std::vector<double> values;
    const GgufValue* found = gguf.find_array("kinvec.tokenizer." + key);
    for (size_t i = 0; found != nullptr && i < found->size(); ++i) {
      values.push_back(found->float_at(i));
    }
    return values;
  }
  /// The types of a family's stages.
  std::string stages(const std::string& family) const {
    std::string types;
    for (uint64_t i = 0; i < number(family + ".count"); ++i) {
      types += (i > 0 ? " " : "") + text(family + "." + std::to_string(i) + ".type");
    }
    return types;
  }
  /// The pieces of a template: "bos A:0 eos".
  std::string pieces(const std::string& list) const {
    const std::string prefix = "post_processors.0." + list + ".";
    std::string pieces;
    for (uint64_t i = 0; i < number(prefix + "count"); ++i) {
      const std::string piece = prefix + std::to_string(i);
      const bool is_text =
          gguf.get_string("kinvec.tokenizer." + piece + ".Sequence.id").has_value();
      const std::string kind = piece + (is_text ? ".Sequence." : ".SpecialToken.");
      pieces +=
          (i > 0 ? " " : "") + text(kind + "id") + ":" + std::to_string(number(kind + "type_id"));
    }
    return pieces;
  }
};

Description describe(const GgufBuilder& builder) {
  const auto file = builder.build();
  const auto gguf = Gguf::parse(file);
  REQUIRE(gguf);
  auto bytes = describe_llama_vocabulary(*gguf);
  REQUIRE(bytes);
  auto described = Gguf::parse(*bytes);
  REQUIRE(described);
  // Moving a vector leaves its bytes where they are.
  return {std::move(*bytes), std::move(*described)};
}

Error refusal(const GgufBuilder& builder) {
  const auto file = builder.build();
  const auto gguf = Gguf::parse(file);
  REQUIRE(gguf);
  const auto described = describe_llama_vocabulary(*gguf);
  REQUIRE_FALSE(described);
  return described.error();
}

GgufBuilder byte_level(const std::string& pre) {
  GgufBuilder builder;
  builder.set_string("tokenizer.ggml.model", "gpt2")
      .set_string("tokenizer.ggml.pre", pre)
      .set_strings("tokenizer.ggml.tokens", {"<s>", "</s>", "a", "b", "ab", "abb", "[PAD6]"})
      .set_ints("tokenizer.ggml.token_type",
                {kControl, kControl, kNormal, kNormal, kNormal, kNormal, kUnused})
      .set_strings("tokenizer.ggml.merges", {"a b", "ab b"})
      .set_uint("tokenizer.ggml.bos_token_id", 0)
      .set_uint("tokenizer.ggml.eos_token_id", 1);
  return builder;
}

GgufBuilder unigram() {
  GgufBuilder builder;
  builder.set_string("tokenizer.ggml.model", "t5")
      .set_strings("tokenizer.ggml.tokens", {"<pad>", "</s>", "<unk>", "a", "b", "<x>"})
      .set_ints("tokenizer.ggml.token_type",
                {kControl, kControl, kUnknown, kNormal, kNormal, kUserDefined})
      .set_floats("tokenizer.ggml.scores", {-1000, -1000, 0, -1.5F, -2.5F, -1000})
      .set_bool("tokenizer.ggml.add_space_prefix", true)
      .set_bool("tokenizer.ggml.remove_extra_whitespaces", true);
  return builder;
}

}  // namespace

TEST_CASE("merges of llama.cpp become pairs of ids") {
  const Description described = describe(byte_level("gpt-2"));
  CHECK(described.text("model.type") == "BPE");
  CHECK(described.numbers("merges") == std::vector<double>{2, 3, 4, 3});
}

TEST_CASE("the name of a splitting tells the stages that split") {
  CHECK(describe(byte_level("gpt-2")).stages("pre_tokenizers") == "ByteLevel");
  CHECK(describe(byte_level("starcoder")).stages("pre_tokenizers") == "Digits ByteLevel");
  CHECK(describe(byte_level("llama-bpe")).stages("pre_tokenizers") == "Split ByteLevel");
  CHECK(describe(byte_level("deepseek-v3")).stages("pre_tokenizers") ==
        "Split Split Split ByteLevel");
  CHECK(describe(byte_level("qwen2")).stages("normalizers") == "NFC");
  CHECK(describe(byte_level("gpt-2")).stages("normalizers").empty());
}

TEST_CASE("splittings that are not known are refused by name") {
  const Error unheard = refusal(byte_level("unheard-of"));
  CHECK(unheard.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(unheard.message == "tokenizer.ggml.pre \"unheard-of\" is not supported");
  CHECK(refusal(byte_level("default")).code == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("other models are refused by name") {
  const Error error = refusal(GgufBuilder().set_string("tokenizer.ggml.model", "rwkv"));
  CHECK(error.code == ErrorCode::kUnsupportedTokenizer);
  CHECK(error.message == "tokenizer model \"rwkv\" is not supported");
}

TEST_CASE("special and user-defined tokens are added tokens, tokens that fill up are none") {
  const Description bytes = describe(byte_level("gpt-2"));
  CHECK(bytes.numbers("added_tokens") == std::vector<double>{0, 1});
  CHECK(bytes.numbers("added_token_flags") == std::vector<double>{16, 16});
  CHECK(bytes.numbers("added_only") == std::vector<double>{6});
  const Description pieces = describe(unigram().set_uint("tokenizer.ggml.mask_token_id", 5));
  CHECK(pieces.numbers("added_tokens") == std::vector<double>{0, 1, 2, 5});
  CHECK(pieces.numbers("added_token_flags") == std::vector<double>{16, 16, 16, 2});
}

TEST_CASE("only pieces keep their scores") {
  CHECK(describe(unigram()).numbers("scores") == std::vector<double>{0, 0, 0, -1.5, -2.5, 0});
}

TEST_CASE("a Unigram's spaces are told by two switches") {
  const Description merged = describe(unigram());
  CHECK(merged.stages("pre_tokenizers") == "WhitespaceSplit Metaspace");
  CHECK(merged.text("decoders.0.prepend_scheme") == "always");

  GgufBuilder plain;
  plain.set_string("tokenizer.ggml.model", "t5")
      .set_strings("tokenizer.ggml.tokens", {"<pad>", "</s>", "<unk>", "<0x41>"})
      .set_ints("tokenizer.ggml.token_type", {kControl, kControl, kUnknown, kByte})
      .set_floats("tokenizer.ggml.scores", {0, 0, 0, 0});
  const Description never = describe(plain);
  CHECK(never.stages("pre_tokenizers") == "Metaspace");
  CHECK(never.text("pre_tokenizers.0.prepend_scheme") == "never");
  CHECK(never.stages("decoders") == "ByteFallback Metaspace");
  plain.set_bool("tokenizer.ggml.add_space_prefix", false)
      .set_bool("tokenizer.ggml.remove_extra_whitespaces", true);
  CHECK(refusal(plain).code == ErrorCode::kUnsupportedTokenizer);
}

TEST_CASE("special tokens go around the texts as the file says") {
  const Description none = describe(byte_level("gpt-2"));
  CHECK(none.stages("post_processors").empty());

  const Description first = describe(byte_level("llama-bpe"));
  CHECK(first.pieces("single") == "bos:0 A:0");
  CHECK(first.pieces("pair") == "bos:0 A:0 bos:1 B:1");

  const Description last = describe(unigram());
  CHECK(last.pieces("single") == "A:0 eos:0");
  CHECK(last.pieces("pair") == "A:0 eos:0 B:0 eos:0");

  const Description both = describe(unigram()
                                        .set_uint("tokenizer.ggml.bos_token_id", 0)
                                        .set_bool("tokenizer.ggml.add_bos_token", true));
  CHECK(both.pieces("pair") == "bos:0 A:0 eos:0 sep:0 B:0 eos:0");

  const Description roberta = describe(byte_level("roberta-bpe")
                                           .set_bool("tokenizer.ggml.add_bos_token", true)
                                           .set_bool("tokenizer.ggml.add_eos_token", true));
  CHECK(roberta.stages("post_processors") == "RobertaProcessing");
  CHECK(roberta.number("post_processors.0.sep.1") == 1);

  const Description modern = describe(byte_level("modern-bert")
                                          .set_bool("tokenizer.ggml.add_bos_token", true)
                                          .set_bool("tokenizer.ggml.add_eos_token", true)
                                          .set_bool("tokenizer.ggml.add_sep_token", false));
  CHECK(modern.pieces("pair") == "bos:0 A:0 eos:0 B:1 eos:1");
}

TEST_CASE("damaged vocabularies of llama.cpp are refused") {
  GgufBuilder builder;
  builder.set_string("tokenizer.ggml.model", "gpt2").set_string("tokenizer.ggml.pre", "gpt-2");
  CHECK(refusal(builder).code == ErrorCode::kModelFormat);
  builder.set_strings("tokenizer.ggml.tokens", {"a", "b", "ab"});
  CHECK(refusal(builder).code == ErrorCode::kModelFormat);

  GgufBuilder one = builder;
  CHECK(refusal(one.set_strings("tokenizer.ggml.merges", {"ab"})).code == ErrorCode::kModelFormat);
  GgufBuilder unknown = builder;
  CHECK(refusal(unknown.set_strings("tokenizer.ggml.merges", {"a c"})).code ==
        ErrorCode::kModelFormat);
  GgufBuilder types = builder;
  CHECK(refusal(types.set_ints("tokenizer.ggml.token_type", {1})).code == ErrorCode::kModelFormat);
  GgufBuilder outside = builder;
  CHECK(refusal(outside.set_uint("tokenizer.ggml.mask_token_id", 3)).code ==
        ErrorCode::kModelFormat);
  GgufBuilder bos = builder;
  bos.set_strings("tokenizer.ggml.merges", {"a b"}).set_bool("tokenizer.ggml.add_bos_token", true);
  CHECK(refusal(bos).code == ErrorCode::kModelFormat);
}
