// The JavaScript face of training word vectors. web/native/words_module.ts mirrors it.

#include <optional>
#include <vector>

#include "../src/train/glove_trainer.h"
#include "../src/train/joint_training.h"
#include "../src/train/word_trainer.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

void read_options(const val& given, kinvec::WordTrainerOptions& options) {
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
}

void read_options(const val& given, kinvec::GloveOptions& options) {
  options.dimensions = given["dimensions"].as<uint32_t>();
  options.window = given["window"].as<uint32_t>();
  options.min_count = given["minCount"].as<uint32_t>();
  options.max_words = given["maxWords"].as<uint32_t>();
  options.epochs = given["epochs"].as<uint32_t>();
  options.learning_rate = given["learningRate"].as<double>();
  options.x_max = given["xMax"].as<double>();
  options.alpha = given["alpha"].as<double>();
  options.max_memory = given["maxMemory"].as<uint32_t>();
  options.seed = given["seed"].as<uint32_t>();
}

/// Texts, then steps, then rows. What only one kind of trainer has is there for the other to leave.
template <class Trainer, class Options>
class TrainerBinding {
 public:
  uintptr_t reserve_texts(size_t bytes) { return reserve(texts_, bytes); }
  Status add_texts(size_t bytes) { return status_of(corpus_.add_texts({texts_.data(), bytes})); }

  Status open(val given) {
    texts_ = kinvec::AlignedBuffer<char>();
    Options options;
    read_options(given, options);
    auto trainer = Trainer::create(std::move(corpus_), options);
    if (!trainer) return status_of(trainer.error());
    trainer_.emplace(std::move(*trainer));
    return {};
  }

  bool step(uint32_t size) { return trainer_->step(size); }
  bool is_counting() const { return trainer_->is_counting(); }
  double words_done() const { return static_cast<double>(trainer_->n_done()); }
  double share_done() const { return trainer_->share_done(); }
  double take_loss() { return trainer_->take_loss(); }

  val state() {
    val pieces = val::array();
    for (const auto piece : trainer_->state()) {
      pieces.call<void>("push",
                        view(std::span(reinterpret_cast<uint8_t*>(piece.data()), piece.size())));
    }
    return pieces;
  }
  std::string hash_state() { return kinvec::hex16(kinvec::hash_of(trainer_->state())); }
  bool is_sound() const { return trainer_->is_sound(); }
  std::string hash_texts() const { return kinvec::hex16(trainer_->fingerprint()); }

  val word_bytes() const { return view(bytes_of(trainer_->vocabulary().words.bytes)); }
  val word_ends() const { return view(std::span(trainer_->vocabulary().words.ends)); }
  val counts(size_t n_others) {
    const std::vector<uint64_t>& counts = trainer_->vocabulary().counts;
    counts_.assign(counts.begin(), counts.end());
    counts_.resize(counts.size() + n_others);
    return view(std::span(counts_));
  }
  Status add_counts() {
    return status_of(trainer_->add_counts(std::vector<uint64_t>(counts_.begin(), counts_.end())));
  }
  val buckets() const { return view(trainer_->buckets()); }
  val rows() const { return view(trainer_->rows()); }
  val output_rows() const { return view(trainer_->output_rows()); }
  val vector(uint32_t word) { return view(trainer_->vector(word)); }
  void keep_share(uint32_t index, uint32_t count) { corpus_.keep_share({index, count}); }
  Status open_joint() {
    joint_.emplace(*trainer_);
    if (joint_->allocate()) return {};
    return status_of({kinvec::ErrorCode::kOutOfMemory,
                      "there is no memory to train in several workers; have fewer words or "
                      "dimensions"});
  }
  double n_stretches() const { return static_cast<double>(joint_->n_stretches()); }
  void train_stretch() { joint_->train(); }
  void end_stretches() { joint_->end(); }
  val pack_changes(uint32_t owner) {
    joint_->pack_changes(owner, packets_);
    return packets();
  }
  val join() {
    joint_->join(packets_);
    return packets();
  }
  val reserve_packets(size_t n_rows, size_t n_output_rows) {
    const size_t stride = kinvec::RowMatrix::stride_of(trainer_->options().dimensions);
    const size_t sizes[] = {n_rows, n_output_rows};
    for (size_t m = 0; m < std::size(sizes); ++m) {
      packets_[m].rows.resize(sizes[m]);
      packets_[m].values.resize(sizes[m] * stride);
    }
    return packets();
  }
  bool add_changes() { return joint_->add_changes(packets_); }
  bool set_rows() { return joint_->set_rows(packets_); }
  val take_rows() { return view(trainer_->take_rows()); }
  val take_output_rows() { return view(trainer_->take_output_rows()); }

 private:
  /// Rows and values of either matrix, after one another.
  val packets() {
    val views = val::array();
    for (kinvec::RowPacket& packet : packets_) {
      views.call<void>("push", view(std::span(packet.rows)));
      views.call<void>("push", view(std::span(packet.values)));
    }
    return views;
  }

  kinvec::AlignedBuffer<char> texts_;
  kinvec::WordCorpus corpus_;
  std::optional<Trainer> trainer_;
  std::optional<kinvec::JointTraining> joint_;
  kinvec::JointTraining::Packets packets_;
  std::vector<double> counts_;  // JavaScript has no 64-bit integers among its numbers
};

using WordTrainerBinding = TrainerBinding<kinvec::WordTrainer, kinvec::WordTrainerOptions>;
using GloveTrainerBinding = TrainerBinding<kinvec::GloveTrainer, kinvec::GloveOptions>;

template <class Binding>
emscripten::class_<Binding> expose(const char* name) {
  return emscripten::class_<Binding>(name)
      .template constructor<>()
      .function("reserveTexts", &Binding::reserve_texts)
      .function("addTexts", &Binding::add_texts)
      .function("open", &Binding::open)
      .function("step", &Binding::step)
      .function("wordsDone", &Binding::words_done)
      .function("shareDone", &Binding::share_done)
      .function("takeLoss", &Binding::take_loss)
      .function("state", &Binding::state)
      .function("hashState", &Binding::hash_state)
      .function("isSound", &Binding::is_sound)
      .function("hashTexts", &Binding::hash_texts)
      .function("wordBytes", &Binding::word_bytes)
      .function("wordEnds", &Binding::word_ends)
      .function("vector", &Binding::vector)
      .function("takeRows", &Binding::take_rows);
}

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_words) {
  expose<WordTrainerBinding>("WordTrainer")
      .function("counts", &WordTrainerBinding::counts)
      .function("addCounts", &WordTrainerBinding::add_counts)
      .function("buckets", &WordTrainerBinding::buckets)
      .function("rows", &WordTrainerBinding::rows)
      .function("outputRows", &WordTrainerBinding::output_rows)
      .function("keepShare", &WordTrainerBinding::keep_share)
      .function("openJoint", &WordTrainerBinding::open_joint)
      .function("stretches", &WordTrainerBinding::n_stretches)
      .function("trainStretch", &WordTrainerBinding::train_stretch)
      .function("endStretches", &WordTrainerBinding::end_stretches)
      .function("packChanges", &WordTrainerBinding::pack_changes)
      .function("reservePackets", &WordTrainerBinding::reserve_packets)
      .function("addChanges", &WordTrainerBinding::add_changes)
      .function("join", &WordTrainerBinding::join)
      .function("setRows", &WordTrainerBinding::set_rows)
      .function("takeOutputRows", &WordTrainerBinding::take_output_rows);
  expose<GloveTrainerBinding>("GloveTrainer")
      .function("isCounting", &GloveTrainerBinding::is_counting);
}

}  // namespace kinvec_binding
