// GloVe: counts and steps against plain formulas, and the whole on small texts.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "random_values.h"
#include "src/train/glove_trainer.h"
#include "training_texts.h"

using namespace kinvec;
using Counts = std::map<std::pair<uint32_t, uint32_t>, double>;

namespace {

/// The counts as they are defined: each word of a sentence with each before it.
Counts plain_counts(const WordCorpus& corpus, uint32_t window) {
  Counts counts;
  const LongList<uint32_t>& words = corpus.words();
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == WordCorpus::kSentenceEnd) continue;
    for (size_t distance = 1; distance <= window && distance <= i; ++distance) {
      const uint32_t other = words[i - distance];
      if (other == WordCorpus::kSentenceEnd) break;
      counts[{words[i], other}] += 1.0 / static_cast<double>(distance);
      counts[{other, words[i]}] += 1.0 / static_cast<double>(distance);
    }
  }
  return counts;
}

/// Both ways round, as the plain ones are.
Counts counts_of(const LongList<Cooccurrence>& pairs) {
  Counts counts;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const auto [word, other, count] = pairs[i];
    CHECK(other <= word);
    CHECK(!counts.contains({word, other}));
    counts[{word, other}] = count;
    counts[{other, word}] = count;
  }
  return counts;
}

void check_equal(const Counts& counts, const Counts& expected) {
  REQUIRE(counts.size() == expected.size());
  for (const auto& [pair, count] : expected) {
    CHECK(counts.at(pair) == doctest::Approx(count).epsilon(1e-6));
  }
}

std::vector<std::string> some_sentences() {
  Random random(11);
  std::vector<std::string> sentences = {"a", "a a a b", "c b"};
  for (int i = 0; i < 30; ++i) {
    std::string sentence = "d";
    for (uint32_t k = random.below(20); k > 0; --k) {
      // Low letters are the frequent ones.
      sentence += {' ', static_cast<char>('a' + random.below(1 + random.below(12)))};
    }
    sentences.push_back(sentence);
  }
  return sentences;
}

GloveOptions small_options() {
  GloveOptions options;
  options.dimensions = 10;
  options.min_count = 1;
  options.x_max = 10;
  return options;
}

GloveTrainer trainer_of(const std::vector<std::string>& sentences, const GloveOptions& options) {
  auto trainer = GloveTrainer::create(corpus_of(sentences), options);
  REQUIRE(trainer);
  return std::move(*trainer);
}

std::vector<float> trained_rows(const GloveOptions& options, uint64_t step) {
  GloveTrainer trainer = trainer_of(two_worlds(), options);
  double share = 0;
  while (!trainer.step(step)) {
    CHECK(trainer.share_done() <= 1);
    CHECK(trainer.share_done() >= share - 0.1);
    share = trainer.share_done();
  }
  CHECK(trainer.share_done() == doctest::Approx(1));
  CHECK(trainer.n_done() == uint64_t{300} * 8 * options.epochs);
  const auto rows = trainer.take_rows();
  return {rows.begin(), rows.end()};
}

}  // namespace

TEST_CASE("words are counted as often as they are near, less with the distance") {
  for (const uint32_t window : {1U, 4U, 15U, 1000U}) {
    WordCorpus corpus = corpus_of(some_sentences());
    const WordVocabulary vocabulary = corpus.take_vocabulary(2, 10);
    const Counts expected = plain_counts(corpus, window);
    CooccurrenceCounter counter(std::move(corpus), vocabulary.counts, window);
    Random random(1);
    for (int turn = 0; turn < 2; ++turn) {
      counter.start(random);
      LongList<Cooccurrence> pairs;
      CHECK(counter.count(1'000'000, SIZE_MAX, pairs));
      CHECK(counter.n_counted() == counter.n_total());
      check_equal(counts_of(pairs), expected);
    }
  }
}

TEST_CASE("words are counted in parts of bounded size, in steps of any size") {
  WordCorpus corpus = corpus_of(some_sentences());
  const WordVocabulary vocabulary = corpus.take_vocabulary(1, SIZE_MAX);
  const Counts expected = plain_counts(corpus, 5);
  CooccurrenceCounter counter(std::move(corpus), vocabulary.counts, 5);
  Random random(1);
  for (const size_t most_pairs : {size_t{0}, vocabulary.size(), 2 * vocabulary.size()}) {
    for (const uint64_t step : {1, 3, 1000}) {
      counter.start(random);
      Counts counts;
      size_t n_parts = 0;
      while (counter.n_counted() < counter.n_total()) {
        LongList<Cooccurrence> pairs;
        while (!counter.count(step, most_pairs, pairs)) {
        }
        CHECK(pairs.size() <= std::max(most_pairs, vocabulary.size()));
        counts.merge(counts_of(pairs));
        ++n_parts;
      }
      CHECK(n_parts > 1);
      CHECK(n_parts <= vocabulary.size());
      check_equal(counts, expected);
    }
  }
}

TEST_CASE("a step of AdaGrad is the formula's") {
  constexpr size_t kWidth = 12;
  constexpr float kRate = 0.05F;
  for (const float slope : {0.7F, -3.0F, 500.0F, -1e30F}) {
    std::vector<float> values[] = {normal_floats(kWidth, 1), normal_floats(kWidth, 2)};
    std::vector<float> squares[] = {normal_floats(kWidth, 3), normal_floats(kWidth, 4)};
    for (auto& row : squares) {
      for (float& square : row) square = 1 + std::abs(square);
    }
    squares[0][5] = std::numeric_limits<float>::infinity();
    const auto [first, second] = values;
    const auto [first_squares, second_squares] = squares;
    adagrad_step(slope, kRate, {values[0].data(), squares[0].data()},
                 {values[1].data(), squares[1].data()}, kWidth);
    const auto check = [&](size_t row, const auto& from, const auto& other, const auto& before) {
      for (size_t i = 0; i < kWidth; ++i) {
        const double gradient = std::clamp(double{slope} * other[i], -100.0, 100.0) * kRate;
        const double expected = from[i] - gradient / std::sqrt(before[i]);
        CHECK(values[row][i] == doctest::Approx(expected).epsilon(1e-5));
        const double square = before[i] + gradient * gradient;
        if (std::isfinite(square)) CHECK(squares[row][i] == doctest::Approx(square).epsilon(1e-5));
      }
    };
    check(0, first, second, first_squares);
    check(1, second, first, second_squares);
    CHECK(values[0][5] == first[5]);
    CHECK(std::isinf(squares[0][5]));
  }
}

TEST_CASE("pairs are trained on as the paper says") {
  // Two words of which one pair is all there is to learn: "a b" once, at a distance of 1, and with
  // a weight of 1. The cost is then half the square of the product of their vectors, plus their
  // biases, less log(1).
  GloveOptions options = small_options();
  options.dimensions = 1;
  options.x_max = 1;
  options.epochs = 200;
  GloveTrainer trainer = trainer_of({"a b"}, options);
  while (trainer.is_counting()) trainer.step(1);

  // The same by the formulas, from the same start: a value and a bias of each word, first as words.
  Random random(options.seed);
  double values[2][2][2];
  double squares[2][2][2];
  for (auto& rows : values) {
    for (auto& row : rows) {
      for (double& value : row) value = random.next_signed() * 0.5;
    }
  }
  for (auto& rows : squares) {
    for (auto& row : rows) row[0] = row[1] = 1;
  }
  for (int epoch = 0; epoch < 200; ++epoch) {
    double cost = 0;
    for (const int word : {0, 1}) {
      double(&w)[2] = values[0][word];
      double(&c)[2] = values[1][1 - word];
      const double error = w[0] * c[0] + w[1] + c[1];
      cost += error * error / 4;
      const double gradients[2][2] = {{error * c[0], error}, {error * w[0], error}};
      for (const int side : {0, 1}) {
        for (const int i : {0, 1}) {
          const double step = options.learning_rate * gradients[side][i];
          double& square = squares[side][side == 0 ? word : 1 - word][i];
          (side == 0 ? w : c)[i] -= step / std::sqrt(square);
          square += step * step;
        }
      }
    }
    CHECK(trainer.step(1) == (epoch == 199));
    CHECK(trainer.take_loss() == doctest::Approx(cost).epsilon(1e-4));
  }
  const auto rows = trainer.take_rows();
  for (const int word : {0, 1}) {
    CHECK(rows[word] == doctest::Approx(values[0][word][0] + values[1][word][0]).epsilon(1e-4));
  }
}

TEST_CASE("what GloVe learns does not depend on the steps, but on the seed") {
  GloveOptions options = small_options();
  options.epochs = 5;
  // All pairs at once, and two words' at a time, which are counted anew in each epoch.
  for (const uint64_t max_memory : {1 << 20, 12 * 16}) {
    options.max_memory = max_memory;
    options.seed = 1;
    const auto rows = trained_rows(options, 1'000'000);
    CHECK(trained_rows(options, 1) == rows);
    CHECK(trained_rows(options, 7) == rows);
    options.seed = 2;
    CHECK(trained_rows(options, 1'000'000) != rows);
  }
}

TEST_CASE("words with the same neighbours get similar vectors from GloVe, in any memory") {
  for (const uint64_t max_memory : {1 << 20, 12 * 16, 1}) {
    GloveOptions options = small_options();
    options.max_memory = max_memory;
    options.epochs = 50;
    GloveTrainer trainer = trainer_of(two_worlds(), options);
    const auto words = words_of(trainer.vocabulary());
    double first = 0;
    while (first == 0) {
      trainer.step(10);
      first = trainer.take_loss();
    }
    while (!trainer.step(10)) trainer.take_loss();
    CHECK(trainer.take_loss() < first);
    const auto look = trainer.vector(1);
    const std::vector looked(look.begin(), look.end());
    const auto rows = trainer.take_rows();
    REQUIRE(looked.size() == options.dimensions);
    CHECK(std::equal(looked.begin(), looked.end(), rows.begin() + options.dimensions));
    const auto similarity = [&](const char* a, const char* b) {
      const auto row = [&](const char* word) {
        return rows.data() + (std::ranges::find(words, word) - words.begin()) * 10;
      };
      return cosine(row(a), row(b), 10);
    };
    CHECK(similarity("sun", "moon") > similarity("sun", "soup") + 0.3);
    CHECK(similarity("salt", "rice") > similarity("sky", "rice") + 0.3);
  }
}

TEST_CASE("GloVe has nothing to learn of words that stand alone, and no vectors of none") {
  GloveOptions options = small_options();
  GloveTrainer trainer = trainer_of({"a", "b", "a"}, options);
  while (!trainer.step(1)) {
  }
  CHECK(trainer.take_loss() == 0);
  CHECK(trainer.take_rows().size() == 20);

  options.min_count = 3;
  for (const auto& sentences : {std::vector<std::string>{}, {"a b", "a"}}) {
    const auto none = GloveTrainer::create(corpus_of(sentences), options);
    REQUIRE(!none);
    CHECK(none.error().code == ErrorCode::kInvalidArgument);
  }
}
