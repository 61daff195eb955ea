// Trainers against the vocabularies that tests/golden/tokenizer/make_trained.py took from the
// reference: the same tokens and merges in the same order, the same pieces with the same scores.
// The script says what is random in the reference, and how that is kept out.
#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gguf_builder.h"
#include "src/tokenizer/trainers/training_session.h"

using namespace kinvec;
using kinvec::testing::GgufBuilder;
using Strings = std::vector<std::string>;

namespace {

struct Golden {
  std::string kind;
  std::map<std::string, std::string> options;
  Strings special_tokens;
  Strings tokens;
  std::vector<double> scores;   // [n_tokens] 0 where there is none
  std::vector<int32_t> merges;  // [2 * n_merges]
};

std::map<std::string, Golden> read_goldens() {
  std::map<std::string, Golden> goldens;
  std::ifstream file(KINVEC_GOLDEN_DIR "/tokenizer/trained.txt", std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    std::istringstream head(line);
    std::string name;
    std::string option;
    size_t n_special = 0;
    size_t n_tokens = 0;
    size_t n_merges = 0;
    head >> name;
    Golden& golden = goldens[name];
    head >> golden.kind >> n_special >> n_tokens >> n_merges;
    while (head >> option) {
      const size_t equals = option.find('=');
      golden.options[option.substr(0, equals)] = option.substr(equals + 1);
    }
    golden.tokens.resize(n_tokens);
    golden.scores.resize(n_tokens);
    golden.merges.resize(2 * n_merges);
    for (size_t i = 0; i < n_tokens; ++i) file >> golden.tokens[i] >> golden.scores[i];
    for (int32_t& id : golden.merges) file >> id;
    file.ignore();
    const Strings& tokens = golden.tokens;
    REQUIRE(n_special <= n_tokens);
    golden.special_tokens = {tokens.begin(), tokens.begin() + static_cast<ptrdiff_t>(n_special)};
  }
  return goldens;
}

/// The texts of sentences.json, which has one on each line; not those with escapes.
Strings read_texts() {
  Strings texts;
  std::ifstream file(KINVEC_GOLDEN_DIR "/sentences.json", std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("  \"") || line.find('\\') != std::string::npos) continue;
    const size_t begin = line.find('"') + 1;
    texts.push_back(line.substr(begin, line.rfind('"') - begin));
  }
  return texts;
}

/// Sets `value` to that of an option, if it is there.
template <class Value>
void read_option(const Golden& golden, const std::string& name, Value& value) {
  const auto option = golden.options.find(name);
  if (option != golden.options.end()) std::istringstream(option->second) >> value;
}
template <class Value>
void read_option(const Golden& golden, const std::string& name, std::optional<Value>& value) {
  if (golden.options.contains(name)) read_option(golden, name, value.emplace());
}

template <class Options>
Options merge_options(const Golden& golden) {
  Options options;
  options.special_tokens = golden.special_tokens;
  read_option(golden, "vocab_size", options.vocab_size);
  read_option(golden, "min_frequency", options.min_frequency);
  read_option(golden, "limit_alphabet", options.limit_alphabet);
  read_option(golden, "initial_alphabet", options.initial_alphabet);
  read_option(golden, "continuing_subword_prefix", options.continuing_subword_prefix);
  read_option(golden, "end_of_word_suffix", options.end_of_word_suffix);
  read_option(golden, "max_token_length", options.max_token_length);
  return options;
}

WordLevelTrainerOptions word_level_options(const Golden& golden) {
  WordLevelTrainerOptions options;
  options.special_tokens = golden.special_tokens;
  read_option(golden, "vocab_size", options.vocab_size);
  read_option(golden, "min_frequency", options.min_frequency);
  return options;
}

UnigramTrainerOptions unigram_options(const Golden& golden) {
  UnigramTrainerOptions options;
  options.special_tokens = golden.special_tokens;
  read_option(golden, "vocab_size", options.vocab_size);
  read_option(golden, "unk_token", options.unk_token);
  read_option(golden, "initial_alphabet", options.initial_alphabet);
  read_option(golden, "max_piece_length", options.max_piece_length);
  read_option(golden, "n_sub_iterations", options.n_sub_iterations);
  read_option(golden, "shrinking_factor", options.shrinking_factor);
  return options;
}

TrainerOptions trainer_options(const Golden& golden) {
  if (golden.kind == "bpe") return merge_options<BpeTrainerOptions>(golden);
  if (golden.kind == "wordpiece") return merge_options<WordPieceTrainerOptions>(golden);
  if (golden.kind == "words") return word_level_options(golden);
  REQUIRE(golden.kind == "unigram");
  return unigram_options(golden);
}

TextPipeline pipeline_of(const Golden& golden) {
  const std::string stages = "kinvec.tokenizer.pre_tokenizers.";
  const std::string stage = stages + "0.";
  const std::string type = golden.options.at("pre_tokenizer");
  GgufBuilder builder;
  builder.set_uint(stages + "count", 1).set_string(stage + "type", type);
  if (type == "ByteLevel") {
    builder.set_bool(stage + "add_prefix_space", false)
        .set_bool(stage + "trim_offsets", true)
        .set_bool(stage + "use_regex", true);
  }
  const auto file = builder.build();
  const auto gguf = Gguf::parse(file);
  REQUIRE(gguf);
  auto pipeline = TextPipeline::read(*gguf);
  REQUIRE(pipeline);
  return std::move(*pipeline);
}

TrainedModel train(const Golden& golden, const Strings& texts) {
  TrainingSession session(pipeline_of(golden), trainer_options(golden));
  size_t every = 1;
  read_option(golden, "every", every);
  for (size_t i = 0; i < texts.size(); i += every) REQUIRE(session.add_text(texts[i]));
  while (!session.step()) {
  }
  REQUIRE(session.result());
  return *session.result();
}

Strings tokens_of(const TrainedModel& model) {
  Strings tokens;
  uint32_t begin = 0;
  for (const uint32_t end : model.tokens.ends) {
    tokens.push_back(model.tokens.bytes.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

/// Trains what the goldens of some kinds were trained with.
template <class Check>
void for_each(std::initializer_list<std::string_view> kinds, const Check& check) {
  const Strings texts = read_texts();
  REQUIRE(texts.size() > 300);
  size_t n_checked = 0;
  for (const auto& [name, golden] : read_goldens()) {
    if (std::find(kinds.begin(), kinds.end(), golden.kind) == kinds.end()) continue;
    CAPTURE(name);
    check(golden, train(golden, texts));
    ++n_checked;
  }
  CHECK(n_checked > 0);
}

}  // namespace

TEST_CASE("BPE, WordPiece and WordLevel learn the reference's tokens and merges, in its order") {
  const auto check = [](const Golden& expected, const TrainedModel& model) {
    CHECK(tokens_of(model) == expected.tokens);
    // A WordPiece vocabulary does not say how its tokens were merged.
    if (expected.kind == "bpe") CHECK(model.merges == expected.merges);
  };
  for_each({"bpe", "wordpiece", "words"}, check);
}

TEST_CASE("Unigram learns the reference's pieces and scores, and so cuts texts as the reference") {
  const auto check = [](const Golden& expected, const TrainedModel& model) {
    const Strings tokens = tokens_of(model);
    std::map<std::string, double> scores;
    for (size_t i = 0; i < tokens.size(); ++i) scores[tokens[i]] = model.scores[i];
    REQUIRE(scores.size() == expected.tokens.size());
    for (size_t i = 0; i < expected.tokens.size(); ++i) {
      CAPTURE(expected.tokens[i]);
      REQUIRE(scores.count(expected.tokens[i]) == 1);
      // 0 where the reference's score is random.
      if (expected.scores[i] == 0) continue;
      CHECK(std::abs(scores[expected.tokens[i]] - expected.scores[i]) < 1e-4);
    }
    CHECK(tokens[static_cast<size_t>(model.unknown_id)] == expected.options.at("unk_token"));
  };
  for_each({"unigram"}, check);
}
