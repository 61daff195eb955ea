// Trainers: what small examples show. trained_golden_test.cpp compares with the reference.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "src/tokenizer/trainers/bpe_trainer.h"
#include "src/tokenizer/trainers/lattice.h"
#include "src/tokenizer/trainers/repeated_substrings.h"
#include "src/tokenizer/trainers/unigram_trainer.h"
#include "src/tokenizer/trainers/word_level_trainer.h"

using namespace kinvec;
using Strings = std::vector<std::string>;

namespace {

Strings tokens_of(const TrainedModel& model) {
  Strings tokens;
  uint32_t begin = 0;
  for (const uint32_t end : model.tokens.ends) {
    tokens.push_back(model.tokens.bytes.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

TrainedModel finish(Training training) {
  double progress = 0;
  while (!training.step()) {
    CHECK(training.progress() >= progress);
    CHECK(training.progress() <= 1);
    progress = training.progress();
  }
  REQUIRE(training.result());
  return *training.result();
}

WordCounts words(const std::vector<std::pair<std::string, uint64_t>>& counts) {
  WordCounts words;
  for (const auto& [word, count] : counts) words.add(word, count);
  return words;
}

/// Whether options are refused once `change` was made to the default ones.
template <class Options, class Change>
bool are_refused(const Change& change) {
  Options options;
  change(options);
  const auto checked = check(options);
  return !checked && checked.error().code == ErrorCode::kInvalidArgument;
}

}  // namespace

TEST_CASE("a vocabulary that is full before the first merge is the alphabet") {
  BpeTrainerOptions options;
  options.vocab_size = 1;
  const TrainedModel model = finish(train_bpe(words({{"cab", 3}, {"\xC3\xA9", 1}}), options));
  CHECK(tokens_of(model) == Strings{"a", "b", "c", "\xC3\xA9"});
  CHECK(model.merges.empty());

  options.limit_alphabet = 2;
  CHECK(tokens_of(finish(train_bpe(words({{"cab", 3}, {"cc", 1}}), options))) == Strings{"a", "c"});
}

TEST_CASE("pairs of equal symbols are merged from the left, in words of any length") {
  BpeTrainerOptions options;
  options.vocab_size = 3;
  CHECK(tokens_of(finish(train_bpe(words({{"aaaaa", 1}}), options))) == Strings{"a", "aa", "aaa"});
  options.vocab_size = 19;
  const Strings tokens =
      tokens_of(finish(train_bpe(words({{std::string(size_t{1} << 18, 'a'), 1}}), options)));
  CHECK(tokens.back() == std::string(size_t{1} << 18, 'a'));
}

TEST_CASE("a word that is a special token is not repeated") {
  WordLevelTrainerOptions options;
  options.special_tokens = {"[UNK]"};
  CHECK(tokens_of(finish(train_word_level(words({{"b", 1}, {"[UNK]", 9}, {"a", 1}}), options))) ==
        Strings{"[UNK]", "a", "b"});
}

TEST_CASE("the unknown token is the first one, unless it is among the special tokens") {
  UnigramTrainerOptions options;
  options.special_tokens = {"<s>", "</s>"};
  options.unk_token = "<unk>";
  const TrainedModel first = finish(train_unigram(words({{"a", 1}}), options));
  CHECK(tokens_of(first) == Strings{"<unk>", "<s>", "</s>", "a"});
  CHECK(first.unknown_id == 0);
  options.unk_token = "</s>";
  const TrainedModel among = finish(train_unigram(words({{"a", 1}}), options));
  CHECK(tokens_of(among) == Strings{"<s>", "</s>", "a"});
  CHECK(among.unknown_id == 1);
}

TEST_CASE("of equally frequent characters, an alphabet keeps the smaller ones") {
  BpeTrainerOptions options;
  options.vocab_size = 1;
  options.limit_alphabet = 2;
  CHECK(tokens_of(finish(train_bpe(words({{"cab", 1}}), options))) == Strings{"a", "b"});
  options.initial_alphabet = "z";
  CHECK(tokens_of(finish(train_bpe(words({{"cab", 9}}), options))) == Strings{"a", "z"});
}

TEST_CASE("no text gives the special tokens alone") {
  BpeTrainerOptions bpe;
  bpe.special_tokens = {"<s>"};
  CHECK(tokens_of(finish(train_bpe({}, bpe))) == Strings{"<s>"});
  UnigramTrainerOptions unigram;
  unigram.special_tokens = {"<s>"};
  CHECK(tokens_of(finish(train_unigram({}, unigram))) == Strings{"<s>"});
}

TEST_CASE("repeated substrings are those that continue in more than one way") {
  TrainingCorpus corpus;
  corpus.add("abracadabra", 1);
  RepeatedSubstrings substrings(corpus.text, 16);
  while (substrings.step(3)) {
  }
  std::vector<std::pair<std::string, uint32_t>> found;
  for (const RepeatedSubstring& substring : substrings.found()) {
    const auto characters = corpus.characters(substring);
    found.emplace_back(std::string(characters.begin(), characters.end()), substring.frequency);
  }
  CHECK(found == std::vector<std::pair<std::string, uint32_t>>{{"abra", 2}, {"bra", 2}, {"ra", 2}});
}

TEST_CASE("expected counts hold for sentences far beyond the range of a double") {
  PieceTrie trie;
  const char32_t a = U'a';
  trie.add({&a, 1}, 1);
  const std::vector<char32_t> sentence(10000, a);
  Lattice lattice;
  lattice.build(trie, sentence);
  std::vector<double> expected(2);
  lattice.add_expected({1e-30, 1e-5}, 3, expected);
  CHECK(std::abs(expected[1] - 30000) < 1e-3);
  CHECK(expected[0] == 0);
}

TEST_CASE("the best cut leaves the whole piece aside") {
  PieceTrie trie;
  const std::vector<char32_t> text{U'a', U'b'};
  trie.add({text.data(), 1}, 1);
  trie.add({text.data(), 2}, 2);
  Lattice lattice;
  lattice.build(trie, text);
  std::vector<int32_t> path;
  CHECK(lattice.best_path({-20, -1, -3}, path) == -3);
  CHECK(path == std::vector<int32_t>{2});
  CHECK(lattice.best_cut({-20, -1, -3}, path) == -21);  // "b" is no piece
  CHECK(path == std::vector<int32_t>{Lattice::kUnknownPiece, 1});
}

TEST_CASE("options that no training can be meant to get are refused") {
  using Bpe = BpeTrainerOptions;
  CHECK(are_refused<Bpe>([](Bpe& options) { options.vocab_size = 0; }));
  CHECK(are_refused<Bpe>([](Bpe& options) { options.vocab_size = size_t{1} << 32; }));
  CHECK(are_refused<Bpe>([](Bpe& options) { options.special_tokens = {""}; }));
  CHECK(are_refused<Bpe>([](Bpe& options) { options.initial_alphabet = "\xFF"; }));
  CHECK_FALSE(are_refused<WordPieceTrainerOptions>([](Bpe&) {}));

  using WordLevel = WordLevelTrainerOptions;
  CHECK(are_refused<WordLevel>([](WordLevel& options) {
    options.vocab_size = 1;
    options.special_tokens = {"a", "b"};
  }));
  CHECK_FALSE(are_refused<WordLevel>([](WordLevel&) {}));

  using Unigram = UnigramTrainerOptions;
  CHECK(are_refused<Unigram>([](Unigram& options) { options.shrinking_factor = NAN; }));
  CHECK(are_refused<Unigram>([](Unigram& options) { options.shrinking_factor = 1; }));
  CHECK(are_refused<Unigram>([](Unigram& options) { options.n_sub_iterations = 0; }));
  CHECK(are_refused<Unigram>([](Unigram& options) { options.unk_token = ""; }));
  CHECK_FALSE(are_refused<Unigram>([](Unigram&) {}));
}

TEST_CASE("a unigram vocabulary without room for all characters is refused when it is trained") {
  UnigramTrainerOptions options;
  options.vocab_size = 2;
  Training training = train_unigram(words({{"abc", 1}}), options);
  while (!training.step()) {
  }
  REQUIRE_FALSE(training.result());
  CHECK(training.result().error().code == ErrorCode::kInvalidArgument);
}
