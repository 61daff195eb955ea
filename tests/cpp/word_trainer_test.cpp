// A training of word vectors as a whole, on small texts.
#include "src/train/word_trainer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "training_texts.h"

using namespace kinvec;

namespace {

WordTrainerOptions small_options() {
  WordTrainerOptions options;
  options.dimensions = 10;
  options.min_count = 1;
  options.subsample = 0;
  return options;
}

WordTrainer trainer_of(const std::vector<std::string>& sentences,
                       const WordTrainerOptions& options) {
  auto trainer = WordTrainer::create(corpus_of(sentences), options);
  REQUIRE(trainer);
  return std::move(*trainer);
}

std::vector<float> trained_rows(const WordTrainerOptions& options, uint64_t step) {
  WordTrainer trainer = trainer_of(two_worlds(), options);
  uint64_t n_steps = 0;
  while (!trainer.step(step)) ++n_steps;
  CHECK(trainer.n_done() == trainer.n_total());
  CHECK(n_steps <= trainer.n_total() / step);
  const auto rows = trainer.take_rows();
  return {rows.begin(), rows.end()};
}

/// The kinds of training that there are.
std::vector<WordTrainerOptions> all_kinds() {
  std::vector<WordTrainerOptions> kinds;
  for (const bool has_subwords : {false, true}) {
    for (const bool skipgram : {false, true}) {
      for (const bool hierarchical_softmax : {false, true}) {
        WordTrainerOptions options = small_options();
        if (has_subwords) options.subwords = SubwordOptions{2, 3, 50};
        options.skipgram = skipgram;
        options.hierarchical_softmax = hierarchical_softmax;
        options.epochs = 20;
        options.learning_rate = 0.05;
        kinds.push_back(options);
      }
    }
  }
  return kinds;
}

}  // namespace

TEST_CASE("what is learnt does not depend on the steps, but on the seed") {
  for (WordTrainerOptions options : all_kinds()) {
    const auto rows = trained_rows(options, 1000000);
    CHECK(trained_rows(options, 1) == rows);
    CHECK(trained_rows(options, 777) == rows);
    options.seed = 2;
    CHECK(trained_rows(options, 1000000) != rows);
  }
}

TEST_CASE("a word's vector can be looked at on the way, which changes nothing") {
  for (const WordTrainerOptions& options : all_kinds()) {
    const auto rows = trained_rows(options, 777);
    WordTrainer trainer = trainer_of(two_worlds(), options);
    std::vector<float> look;
    bool is_done = false;
    while (!is_done) {
      is_done = trainer.step(777);
      const auto vector = trainer.vector(1);
      look.assign(vector.begin(), vector.end());
    }
    const auto taken = trainer.take_rows();
    CHECK(std::vector(taken.begin(), taken.end()) == rows);
    REQUIRE(look.size() == options.dimensions);
    if (options.subwords) continue;  // then it is a mean of rows
    CHECK(std::equal(look.begin(), look.end(), taken.begin() + options.dimensions));
  }
}

TEST_CASE("words with the same neighbours get similar vectors") {
  for (const WordTrainerOptions& options : all_kinds()) {
    WordTrainer trainer = trainer_of(two_worlds(), options);
    const auto words = words_of(trainer.vocabulary());
    trainer.step(2000);
    const double first = trainer.take_loss();
    while (!trainer.step(2000)) trainer.take_loss();
    CHECK(trainer.take_loss() < first);

    const WordRows lists(trainer.vocabulary(), options.subwords);
    const auto rows = trainer.take_rows();
    const size_t width = options.dimensions;
    std::vector<std::vector<float>> vectors;
    for (uint32_t word = 0; word < words.size(); ++word) {
      std::vector<float>& vector = vectors.emplace_back(width);
      for (const uint32_t row : lists.of(word)) {
        for (size_t i = 0; i < width; ++i) vector[i] += rows[row * width + i];
      }
    }
    const auto similarity = [&](const char* a, const char* b) {
      const auto at = [&](const char* word) {
        return std::ranges::find(words, word) - words.begin();
      };
      return cosine(vectors[at(a)].data(), vectors[at(b)].data(), width);
    };
    CHECK(similarity("sun", "moon") > similarity("sun", "soup") + 0.15);
    CHECK(similarity("salt", "rice") > similarity("sky", "rice") + 0.15);
  }
}

TEST_CASE("sub-words have rows if a word of the vocabulary has them") {
  WordTrainerOptions options = small_options();
  options.subwords = SubwordOptions{3, 3, 2'000'000};
  WordTrainer trainer = trainer_of({"banana"}, options);
  // <ba ban ana nan ana na>
  CHECK(trainer.buckets().size() == 5);
  CHECK(trainer.take_rows().size() == 6 * options.dimensions);
}

TEST_CASE("words of earlier texts are set against those of the texts, by the counts of all") {
  for (const bool is_known : {false, true}) {
    WordTrainer trainer = trainer_of({"a b", "b a"}, small_options());
    REQUIRE(trainer.add_counts(std::vector<uint64_t>{2, 2, is_known ? 1000U : 0U, 0}));
    const std::span<float> rows = trainer.output_rows();
    const size_t stride = rows.size() / 4;
    CHECK(stride == 12);
    while (!trainer.step(1)) {
    }
    const auto has_learnt = [&](size_t row) {
      return std::ranges::any_of(rows.subspan(row * stride, stride),
                                 [](float value) { return value != 0; });
    };
    CHECK(has_learnt(0));
    CHECK(has_learnt(2) == is_known);
    CHECK(!has_learnt(3));
    CHECK(trainer.take_output_rows().size() == 4 * small_options().dimensions);
  }
}

TEST_CASE("rows that are set before the first step are those that are trained") {
  WordTrainer trainer = trainer_of({"a b", "b a"}, small_options());
  std::ranges::fill(trainer.rows().first(10), 3.0F);
  trainer.step(1);
  const auto rows = trainer.take_rows();
  CHECK(rows.size() == 20);
  CHECK(std::abs(rows[0] - 3) < 0.2);
  CHECK(std::abs(rows[10]) < 0.2);
}

TEST_CASE("a trainer that takes over the state of another learns the same") {
  for (const WordTrainerOptions& options : all_kinds()) {
    WordTrainer first = trainer_of(two_worlds(), options);
    WordTrainer second = trainer_of(two_worlds(), options);
    const uint64_t start = hash_of(first.state());
    CHECK(hash_of(second.state()) == start);
    CHECK(second.fingerprint() == first.fingerprint());
    first.step(5000);
    CHECK(hash_of(first.state()) != start);

    const TrainingState from = first.state();
    const TrainingState to = second.state();
    REQUIRE(from.size() == to.size());
    for (size_t i = 0; i < from.size(); ++i) std::ranges::copy(from[i], to[i].begin());
    CHECK(second.is_sound());
    CHECK(second.n_done() == first.n_done());
    while (!first.step(100)) {
    }
    while (!second.step(777)) {
    }
    CHECK(hash_of(second.state()) == hash_of(first.state()));
  }
}

TEST_CASE("a state of other texts is seen") {
  WordTrainer trainer = trainer_of({"a b a"}, small_options());
  CHECK(trainer.fingerprint() != trainer_of({"a b", "a"}, small_options()).fingerprint());
  CHECK(trainer.fingerprint() != trainer_of({"a c a"}, small_options()).fingerprint());
  CHECK(trainer.is_sound());
  std::ranges::fill(trainer.state().front(), std::byte{1});
  CHECK(!trainer.is_sound());
}

TEST_CASE("a single word, and sentences of one, are trained on") {
  for (WordTrainerOptions options : all_kinds()) {
    for (const auto& sentences : {std::vector<std::string>{"a a a"}, {"a", "b"}}) {
      WordTrainer trainer = trainer_of(sentences, options);
      while (!trainer.step(1)) {
      }
      const auto rows = trainer.take_rows();
      CHECK(std::ranges::all_of(rows, [](float value) { return std::isfinite(value); }));
    }
  }
}

TEST_CASE("without a frequent word there is nothing to train") {
  WordTrainerOptions options = small_options();
  options.min_count = 3;
  for (const auto& sentences : {std::vector<std::string>{}, {"a b", "a"}}) {
    const auto trainer = WordTrainer::create(corpus_of(sentences), options);
    REQUIRE(!trainer);
    CHECK(trainer.error().code == ErrorCode::kInvalidArgument);
  }
}
