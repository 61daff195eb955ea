// The parts of a training of word vectors, against plain formulas and FastText.
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
#include "src/train/huffman.h"
#include "src/train/logistic.h"
#include "src/train/output_layer.h"
#include "src/train/random.h"
#include "src/train/subwords.h"
#include "src/train/word_corpus.h"
#include "src/train/word_sampling.h"
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
