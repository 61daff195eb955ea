// Several trainers of the same words: what they change together, and that they agree.
#include "src/train/joint_training.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "training_texts.h"

using namespace kinvec;

namespace {

constexpr uint32_t kWidth = 16;
constexpr float kRate = 0.05F;
constexpr float kSlope = 0.15F;  // as joint_change.cpp has it

/// Vectors that share a direction, and differ little in the others.
std::vector<float> sample(Random& random) {
  std::vector<float> x(kWidth);
  for (float& number : x) number = 0.3F * random.next_signed();
  x[3] += 2;
  return x;
}

/// Steps of a row towards `goal`, each by one vector.
void descend(std::vector<float>& row, const std::vector<float>& goal, int steps, Random& random) {
  for (int s = 0; s < steps; ++s) {
    const std::vector<float> x = sample(random);
    float error = 0;
    for (uint32_t i = 0; i < kWidth; ++i) error += x[i] * (goal[i] - row[i]);
    for (uint32_t i = 0; i < kWidth; ++i) row[i] += kRate * kSlope * error * x[i];
  }
}

float distance(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

WordTrainerOptions small_options(bool has_subwords, bool skipgram) {
  WordTrainerOptions options;
  if (has_subwords) options.subwords = SubwordOptions{2, 3, 50};
  options.skipgram = skipgram;
  options.dimensions = 10;
  options.min_count = 1;
  options.subsample = 0;
  options.epochs = 20;
  options.learning_rate = 0.05;
  return options;
}

struct Member {
  std::unique_ptr<WordTrainer> trainer;
  std::unique_ptr<JointTraining> joint;
};

Member member_of(TrainingShare share, const WordTrainerOptions& options) {
  WordCorpus corpus;
  corpus.keep_share(share);
  add_to(corpus, two_worlds());
  auto trainer = WordTrainer::create(std::move(corpus), options);
  REQUIRE(trainer);
  Member member;
  member.trainer = std::make_unique<WordTrainer>(std::move(*trainer));
  member.joint = std::make_unique<JointTraining>(*member.trainer);
  REQUIRE(member.joint->allocate());
  return member;
}

/// What each owner is sent, then what everybody is.
void exchange(std::vector<Member>& members) {
  const auto n = static_cast<uint32_t>(members.size());
  std::vector<JointTraining::Packets> changes(n * n);
  for (uint32_t from = 0; from < n; ++from) {
    for (uint32_t to = 0; to < n; ++to) {
      if (from != to) members[from].joint->pack_changes(to, changes[from * n + to]);
    }
  }
  std::vector<JointTraining::Packets> rows(n);
  for (uint32_t to = 0; to < n; ++to) {
    for (uint32_t from = 0; from < n; ++from) {
      if (from != to) CHECK(members[to].joint->add_changes(changes[from * n + to]));
    }
    members[to].joint->join(rows[to]);
  }
  for (uint32_t from = 0; from < n; ++from) {
    for (uint32_t to = 0; to < n; ++to) {
      if (from != to) CHECK(members[to].joint->set_rows(rows[from]));
    }
  }
}

}  // namespace

TEST_CASE("trainers change a row together as one after the other, where sums and means do not") {
  for (const uint32_t n_trainers : {2U, 4U}) {
    constexpr int kSteps = 2000;
    Random random(3);
    JointChange joint;
    REQUIRE(joint.allocate(kWidth, 500));
    for (size_t s = 0; s < 500; ++s) {
      std::ranges::copy(sample(random), joint.samples().row(s));
    }
    joint.measure(500, 500, 1, 1);

    std::vector<float> goal(kWidth);
    for (float& number : goal) number = random.next_signed();
    goal[3] = 1;
    std::vector<float> expected(kWidth);
    descend(expected, goal, static_cast<int>(n_trainers) * kSteps, random);
    std::vector<float> sum(kWidth);
    for (uint32_t t = 0; t < n_trainers; ++t) {
      std::vector<float> row(kWidth);
      descend(row, goal, kSteps, random);
      for (uint32_t i = 0; i < kWidth; ++i) sum[i] += row[i];
    }
    std::vector<float> mean = sum;
    for (float& number : mean) number /= static_cast<float>(n_trainers);
    std::vector<float> together = sum;
    joint.join(together.data(), kSteps * kRate, n_trainers);

    const float error = distance(together, expected);
    CHECK(error < 0.15F * distance(expected, std::vector<float>(kWidth)));
    CHECK(distance(sum, expected) > 3 * error);
    CHECK(distance(mean, expected) > 3 * error);
  }
}

TEST_CASE("a direction that the samples had lost is found again") {
  JointChange joint;
  REQUIRE(joint.allocate(4, 8));
  const auto fill = [&](uint32_t n_directions) {
    for (size_t s = 0; s < 8; ++s) {
      for (uint32_t i = 0; i < 4; ++i) joint.samples().row(s)[i] = i == s % n_directions ? 1 : 0;
    }
  };
  std::vector<float> changes(4, 1.0F);
  const auto joined = [&] {
    joint.measure(8, 4, 1, 1);
    std::ranges::fill(changes, 1.0F);
    joint.join(changes.data(), 200, 2);
    return changes;
  };
  fill(1);
  CHECK(joined()[3] > 0.8F);  // a sum, nearly
  fill(4);
  for (const float change : joined())
    CHECK(change == doctest::Approx(0.5).epsilon(0.01));  // a mean
}

TEST_CASE("each sentence has one trainer, long ones have several") {
  for (const uint32_t count : {2U, 3U}) {
    std::vector<std::string> sentences = two_worlds();
    std::string line = "sun";
    for (int i = 0; i < 30'000; ++i) line += i % 2 == 0 ? " moon" : " star";
    sentences.push_back(line);
    std::vector<uint64_t> n_words;
    uint64_t n_all = 0;
    for (uint32_t index = 0; index <= count; ++index) {
      WordCorpus corpus;
      corpus.keep_share({index, count});
      add_to(corpus, sentences);
      const WordVocabulary vocabulary = corpus.take_vocabulary(1, SIZE_MAX);
      CHECK(words_of(vocabulary).size() == 8);
      uint64_t n = 0;
      for (size_t i = 0; i < corpus.words().size(); ++i) {
        n += corpus.words()[i] != WordCorpus::kSentenceEnd ? 1 : 0;
      }
      n_words.push_back(n);
      if (index == 0) {
        for (const uint64_t word_count : vocabulary.counts) n_all += word_count;
      }
    }
    CHECK(n_words.back() == 0);
    uint64_t sum = 0;
    for (const uint64_t n : n_words) sum += n;
    CHECK(sum == n_all);
    for (uint32_t i = 1; i < count; ++i) {
      CHECK(std::abs(static_cast<double>(n_words[i]) - static_cast<double>(n_words[0])) <= 1000);
    }
  }
}

TEST_CASE("trainers agree after each exchange, and learn what one would") {
  for (const bool has_subwords : {false, true}) {
    for (const bool skipgram : {false, true}) {
      const WordTrainerOptions options = small_options(has_subwords, skipgram);
      std::vector<Member> members;
      for (uint32_t i = 0; i < 3; ++i) members.push_back(member_of({i, 3}, options));
      const JointTraining& first = *members[0].joint;
      CHECK(first.n_stretches() == options.epochs);
      while (first.n_done() < first.n_stretches()) {
        for (Member& member : members) member.joint->train();
        exchange(members);
        if (first.n_done() % 5 != 0) continue;
        for (const Member& member : members) {
          CHECK(std::ranges::equal(member.trainer->rows(), members[0].trainer->rows()));
          CHECK(
              std::ranges::equal(member.trainer->output_rows(), members[0].trainer->output_rows()));
        }
      }
      WordTrainer& trainer = *members[0].trainer;
      const auto words = words_of(trainer.vocabulary());
      const auto vector = [&](const char* word) {
        const auto at = static_cast<uint32_t>(std::ranges::find(words, word) - words.begin());
        const auto numbers = trainer.vector(at);
        return std::vector<float>(numbers.begin(), numbers.end());
      };
      const auto similarity = [&](const char* a, const char* b) {
        return cosine(vector(a).data(), vector(b).data(), options.dimensions);
      };
      CHECK(similarity("sun", "moon") > similarity("sun", "soup") + 0.15);
      CHECK(similarity("salt", "rice") > similarity("sky", "rice") + 0.15);
    }
  }
}

TEST_CASE("a training that ends early exchanges all rows") {
  std::vector<Member> members;
  for (uint32_t i = 0; i < 2; ++i) members.push_back(member_of({i, 2}, small_options(true, true)));
  for (Member& member : members) member.joint->train();
  exchange(members);
  for (Member& member : members) member.joint->end();
  exchange(members);
  CHECK(std::ranges::equal(members[0].trainer->rows(), members[1].trainer->rows()));
  CHECK(members[0].joint->n_done() == members[0].joint->n_stretches());
}

TEST_CASE("rows that there are not are refused") {
  Member member = member_of({0, 2}, small_options(false, true));
  JointTraining::Packets packets;
  packets[0].rows = {8};  // there are 8 words
  packets[0].values.resize(12);
  CHECK_FALSE(member.joint->add_changes(packets));
  CHECK_FALSE(member.joint->set_rows(packets));
  packets[0].rows = {7};
  packets[0].values.resize(11);
  CHECK_FALSE(member.joint->set_rows(packets));
  packets[0].values.resize(12);
  CHECK(member.joint->set_rows(packets));
}
