// The JavaScript face of training word vectors. web/native/words_module.ts mirrors it.

#include <optional>

#include "../src/train/word_trainer.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

kinvec::WordTrainerOptions trainer_options(const val& given) {
  kinvec::WordTrainerOptions options;
  if (const auto buckets = given["buckets"].as<uint32_t>(); buckets > 0) {
    options.subwords = {given["minn"].as<uint32_t>(), given["maxn"].as<uint32_t>(), buckets};
  }
  options.skipgram = given["skipgram"].as<bool>();
  options.hierarchical_softmax = given["hierarchicalSoftmax"].as<bool>();
  options.negative = given["negative"].as<uint32_t>();
  options.dimensions = given["dimensions"].as<uint32_t>();
  options.window = given["window"].as<uint32_t>();
  options.min_count = given["minCount"].as<uint32_t>();
  options.max_words = given["maxWords"].as<uint32_t>();
  options.subsample = given["subsample"].as<double>();
  options.epochs = given["epochs"].as<uint32_t>();
  options.learning_rate = given["learningRate"].as<double>();
  options.min_learning_rate = given["minLearningRate"].as<double>();
  options.seed = given["seed"].as<uint32_t>();
  return options;
}

class WordTrainerBinding {
 public:
  uintptr_t reserve_texts(size_t bytes) { return reserve(texts_, bytes); }
  Status add_texts(size_t bytes) { return status_of(corpus_.add_texts({texts_.data(), bytes})); }

  Status open(val options) {
    texts_ = kinvec::AlignedBuffer<char>();
    auto trainer = kinvec::WordTrainer::create(std::move(corpus_), trainer_options(options));
    if (!trainer) return status_of(trainer.error());
    trainer_.emplace(std::move(*trainer));
    return {};
  }

  bool step(uint32_t n_words) { return trainer_->step(n_words); }
  double words_done() const { return static_cast<double>(trainer_->n_done()); }
  double words_total() const { return static_cast<double>(trainer_->n_total()); }
  double take_loss() { return trainer_->take_loss(); }

  val word_bytes() const { return view(bytes_of(trainer_->vocabulary().words.bytes)); }
  val word_ends() const { return view(std::span(trainer_->vocabulary().words.ends)); }
  val buckets() const { return view(trainer_->buckets()); }
  val take_rows() { return view(trainer_->take_rows()); }

 private:
  kinvec::AlignedBuffer<char> texts_;
  kinvec::WordCorpus corpus_;
  std::optional<kinvec::WordTrainer> trainer_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_words) {
  emscripten::class_<WordTrainerBinding>("WordTrainer")
      .constructor<>()
      .function("reserveTexts", &WordTrainerBinding::reserve_texts)
      .function("addTexts", &WordTrainerBinding::add_texts)
      .function("open", &WordTrainerBinding::open)
      .function("step", &WordTrainerBinding::step)
      .function("wordsDone", &WordTrainerBinding::words_done)
      .function("wordsTotal", &WordTrainerBinding::words_total)
      .function("takeLoss", &WordTrainerBinding::take_loss)
      .function("wordBytes", &WordTrainerBinding::word_bytes)
      .function("wordEnds", &WordTrainerBinding::word_ends)
      .function("buckets", &WordTrainerBinding::buckets)
      .function("takeRows", &WordTrainerBinding::take_rows);
}

}  // namespace kinvec_binding
