// Training word vectors: its parts against plain formulas and FastText, and the whole on small
// texts.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <queue>
#include <sstream>
#include <string>
#include <vector>

#include "random_values.h"
#include "src/kernels/row_steps.h"
#include "src/train/word_trainer.h"
#include "training_texts.h"

using namespace kinvec;
using Counts = std::vector<uint64_t>;

namespace {

std::vector<uint32_t> numbers_of(const WordCorpus& corpus) {
  std::vector<uint32_t> numbers(corpus.words().size());
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = corpus.words()[i];
  return numbers;
}

/// How often each number is drawn, as a share.
template <class Draw>
std::vector<double> shares_of(size_t n, const Draw& draw) {
  constexpr int kDraws = 200000;
  std::vector<double> shares(n);
  for (int i = 0; i < kDraws; ++i) shares[draw()] += 1.0 / kDraws;
  return shares;
}

/// The bits of an optimal code for all occurrences: what merging the two rarest costs, again and
/// again.
uint64_t optimal_bits(const Counts& counts) {
  std::priority_queue<uint64_t, Counts, std::greater<>> queue(counts.begin(), counts.end());
  uint64_t bits = 0;
  while (queue.size() > 1) {
    uint64_t merged = queue.top();
    queue.pop();
    merged += queue.top();
    queue.pop();
    bits += merged;
    queue.push(merged);
  }
  return bits;
}

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

TEST_CASE("random numbers are those of SplitMix64") {
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317U);
  CHECK(random.next() == 3203168211198807973U);
  CHECK(random.next() == 9817491932198370423U);
}

TEST_CASE("random numbers stay within their limits") {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    CHECK(random.below(3) < 3);
    CHECK(std::abs(random.next_signed()) <= 1);
  }
}

TEST_CASE("the rows of sub-words are FastText's") {
  std::ifstream golden(KINVEC_GOLDEN_DIR "/subwords.txt");
  REQUIRE(golden);
  int n_lines = 0;
  for (std::string line; std::getline(golden, line); ++n_lines) {
    std::istringstream fields(line);
    SubwordOptions options;
    std::string word;
    fields >> options.minn >> options.maxn >> options.buckets >> word;
    std::vector<uint32_t> expected;
    for (uint32_t row = 0; fields >> row;) expected.push_back(row);
    std::vector<uint32_t> buckets;
    append_subwords(word, options, buckets);
    CHECK_MESSAGE(buckets == expected, line);
  }
  CHECK(n_lines > 30);
}

TEST_CASE("sub-words of bytes that are no UTF-8 are some buckets") {
  std::vector<uint32_t> buckets;
  append_subwords("\x80\xFF\xC3", {1, 20, 7}, buckets);
  CHECK(std::ranges::all_of(buckets, [](uint32_t bucket) { return bucket < 7; }));
}

TEST_CASE("a vocabulary has the frequent words, the most frequent first") {
  WordCorpus corpus = corpus_of({"b a b", "", "c a b d", "d"});
  const WordVocabulary vocabulary = corpus.take_vocabulary(2, 10);
  CHECK(words_of(vocabulary) == std::vector<std::string>{"b", "a", "d"});
  CHECK(vocabulary.counts == Counts{3, 2, 2});
  const uint32_t end = WordCorpus::kSentenceEnd;
  CHECK(numbers_of(corpus) == std::vector<uint32_t>{0, 1, 0, end, 1, 0, 2, end, 2, end});
}

TEST_CASE("a vocabulary has no more words than it may") {
  WordCorpus corpus = corpus_of({"b a b c", "c"});
  CHECK(words_of(corpus.take_vocabulary(1, 2)) == std::vector<std::string>{"b", "c"});
  CHECK(numbers_of(corpus) ==
        std::vector<uint32_t>{0, 0, 1, WordCorpus::kSentenceEnd, 1, WordCorpus::kSentenceEnd});
}

TEST_CASE("a corpus of many blocks is read as it was written") {
  WordCorpus corpus;
  std::string text;
  for (int i = 0; i < 1000; ++i) text += (i % 3 == 0 ? "a" : "b") + std::string(1, '\0');
  text += '\0';
  for (int i = 0; i < 200; ++i) REQUIRE(corpus.add_texts(text));
  const WordVocabulary vocabulary = corpus.take_vocabulary(1, 10);
  CHECK(vocabulary.counts == Counts{133200, 66800});
  CHECK(corpus.words().size() == 200 * 1001);
  CHECK(corpus.words()[1001 * 150 + 3] == 1);
  CHECK(corpus.words()[1001 * 150 + 4] == 0);
}

TEST_CASE("Huffman codes are the shortest, and none begins another") {
  const std::vector<Counts> all = {{1, 1}, {9, 1, 1}, {40, 30, 20, 10, 5, 5, 3, 1}, Counts(33, 7)};
  for (const Counts& counts : all) {
    const HuffmanTree tree(counts);
    uint64_t bits = 0;
    std::vector<std::string> codes;
    for (uint32_t word = 0; word < counts.size(); ++word) {
      std::string code;
      for (const auto turn : tree.path(word)) {
        CHECK(turn.node < counts.size() - 1);
        code += turn.bit == 0 ? '0' : '1';
      }
      CHECK(tree.path(word)[0].node == counts.size() - 2);
      CHECK(code.size() <= tree.depth());
      bits += counts[word] * code.size();
      codes.push_back(code);
    }
    CHECK(bits == optimal_bits(counts));
    std::ranges::sort(codes);
    for (size_t i = 1; i < codes.size(); ++i) CHECK(!codes[i].starts_with(codes[i - 1]));
  }
}

TEST_CASE("the only word has no turns to it") {
  const HuffmanTree tree(Counts{3});
  CHECK(tree.path(0).empty());
  CHECK(tree.depth() == 0);
}

TEST_CASE("negative samples follow the counts to the power of 3/4") {
  const Counts counts = {1000, 400, 399, 20, 3, 1, 1};
  double total = 0;
  for (const uint64_t count : counts) total += std::pow(count, 0.75);
  const NegativeSampler sampler(counts);
  Random random(3);
  const auto shares = shares_of(counts.size(), [&] { return sampler.draw(random); });
  for (size_t i = 0; i < counts.size(); ++i) {
    const double expected = std::pow(counts[i], 0.75) / total;
    CHECK(std::abs(shares[i] - expected) < 5 * std::sqrt(expected / 200000));
  }
}

TEST_CASE("frequent words are left out as in word2vec") {
  const Counts counts = {9000, 900, 90, 10};
  const SubSampling subsampling(counts, 0.01);
  Random random(4);
  for (uint32_t word = 0; word < counts.size(); ++word) {
    const double share = static_cast<double>(counts[word]) / 10000;
    const double expected = std::min(1.0, (std::sqrt(share / 0.01) + 1) * 0.01 / share);
    const auto shares =
        shares_of(2, [&] { return size_t{subsampling.keeps(word, random) ? 1U : 0U}; });
    CHECK(std::abs(shares[1] - expected) < 0.005);
  }
  const SubSampling none(counts, 0);
  CHECK(none.keeps(0, random));
}

TEST_CASE("the logistic table is close to the function, and safe for any number") {
  const Logistic logistic;
  for (int i = -7000; i <= 7000; ++i) {
    const double x = i * 0.001;
    const auto value = static_cast<float>(x);
    CHECK(std::abs(logistic.sigmoid(value) - 1 / (1 + std::exp(-x))) < 0.0026);
    CHECK(std::abs(logistic.loss(value, true) - std::log1p(std::exp(-x))) < 0.0065);
    CHECK(std::abs(logistic.loss(value, false) - std::log1p(std::exp(x))) < 0.0065);
  }
  CHECK(logistic.sigmoid(std::numeric_limits<float>::infinity()) == 1);
  CHECK(logistic.sigmoid(-std::numeric_limits<float>::infinity()) == 0);
  CHECK(logistic.sigmoid(std::numeric_limits<float>::quiet_NaN()) == 0);
}

TEST_CASE("rows are multiplied and stepped as the formulas say, also one that is there twice") {
  constexpr size_t kWidth = 12;
  for (size_t n = 0; n <= 15; ++n) {
    const auto x = normal_floats(kWidth, 1);
    const auto gains = normal_floats(n, 2);
    auto matrix = normal_floats((n + 1) * kWidth, 3);
    auto gradient = normal_floats(kWidth, 4);
    std::vector<float*> rows(n);
    for (size_t r = 0; r < n; ++r) rows[r] = matrix.data() + (r == 5 ? 4 : r) * kWidth;

    std::vector<float> products(n);
    dot_rows(x.data(), rows, kWidth, products.data());
    auto expected_matrix = matrix;
    auto expected_gradient = gradient;
    for (size_t r = 0; r < n; ++r) {
      float* const row = expected_matrix.data() + (rows[r] - matrix.data());
      double product = 0;
      for (size_t i = 0; i < kWidth; ++i) product += x[i] * matrix[rows[r] - matrix.data() + i];
      CHECK(products[r] == doctest::Approx(product).epsilon(1e-5));
      for (size_t i = 0; i < kWidth; ++i) {
        expected_gradient[i] += gains[r] * row[i];
        row[i] += gains[r] * x[i];
      }
    }
    step_rows(x.data(), rows, gains.data(), kWidth, gradient.data());
    CHECK(matrix == expected_matrix);
    CHECK(gradient == expected_gradient);
  }
}

TEST_CASE("the mean of rows, and what is added to each, count one that is there twice twice") {
  std::vector<float> matrix = {1, 2, 3, 4, 10, 20, 30, 40};
  float* const rows[] = {matrix.data(), matrix.data() + 4, matrix.data()};
  float mean[4];
  mean_of_rows(rows, 4, mean);
  for (int i = 0; i < 4; ++i) CHECK(mean[i] == doctest::Approx(4.0F * (i + 1)));
  add_to_rows(mean, rows, 4);
  CHECK(matrix[1] == doctest::Approx(2 + 2 * 8));
  CHECK(matrix[5] == doctest::Approx(20 + 8));
}

TEST_CASE("a prediction by a tree steps down the gradient of its loss") {
  const Counts counts = {5, 3, 2, 1};
  constexpr uint32_t kWidth = 4;
  constexpr float kRate = 0.1F;
  OutputLayer layer = OutputLayer::hierarchical_softmax(counts);
  REQUIRE(layer.allocate(kWidth));
  const HuffmanTree tree(counts);
  std::vector<std::vector<double>> nodes(counts.size() - 1, std::vector<double>(kWidth));
  Random random(1);
  for (uint32_t step = 0; step < 40; ++step) {
    const uint32_t word = step % 4;
    const auto x = normal_floats(kWidth, step);
    float gradient[kWidth];
    layer.learn(x.data(), word, kRate, random, gradient);
    double expected_gradient[kWidth] = {};
    double loss = 0;
    for (const auto turn : tree.path(word)) {
      std::vector<double>& node = nodes[turn.node];
      double product = 0;
      for (uint32_t i = 0; i < kWidth; ++i) product += node[i] * x[i];
      const double label = 1 - turn.bit;
      loss += std::log1p(std::exp(label == 1 ? -product : product));
      const double gain = (label - 1 / (1 + std::exp(-product))) * kRate;
      for (uint32_t i = 0; i < kWidth; ++i) {
        expected_gradient[i] += gain * node[i];
        node[i] += gain * x[i];
      }
    }
    CHECK(std::abs(layer.take_loss() - loss) < 0.03);
    for (uint32_t i = 0; i < kWidth; ++i) {
      CHECK(std::abs(gradient[i] - expected_gradient[i]) < 0.003);
    }
  }
}

TEST_CASE("a word against others becomes likelier, and they less likely") {
  OutputLayer layer = OutputLayer::negative_sampling(Counts{4, 4, 4}, 1);
  REQUIRE(layer.allocate(4));
  Random random(1);
  const float x[4] = {1, -1, 2, 0.5F};
  float gradient[4];
  layer.learn(x, 0, 0.1F, random, gradient);
  CHECK(std::ranges::all_of(gradient, [](float value) { return value == 0; }));
  const double first = layer.take_loss();
  for (int i = 0; i < 50; ++i) layer.learn(x, 0, 0.1F, random, gradient);
  layer.take_loss();
  layer.learn(x, 0, 0.1F, random, gradient);
  CHECK(layer.take_loss() < first / 3);
  layer.learn(x, 1, 0.1F, random, gradient);
  CHECK(layer.take_loss() > first);
}

TEST_CASE("what is learnt does not depend on the steps, but on the seed") {
  for (WordTrainerOptions options : all_kinds()) {
    const auto rows = trained_rows(options, 1000000);
    CHECK(trained_rows(options, 1) == rows);
    CHECK(trained_rows(options, 777) == rows);
    options.seed = 2;
    CHECK(trained_rows(options, 1000000) != rows);
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
    REQUIRE(trainer.add_counts(Counts{2, 2, is_known ? 1000U : 0U, 0}));
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
