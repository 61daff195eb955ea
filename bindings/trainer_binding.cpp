// The JavaScript face of training tokenizers. web/native/module.ts mirrors it.

#include <optional>
#include <vector>

#include "../src/gguf.h"
#include "../src/kernels/aligned_buffer.h"
#include "../src/tokenizer/text_pipeline.h"
#include "../src/tokenizer/trainers/training_session.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

using kinvec::AlignedBuffer;
using kinvec::TrainerOptions;

enum TrainerKind : int { kBpe, kWordPiece, kWordLevel, kUnigram };

std::optional<size_t> unless_zero(size_t value) {
  return value == 0 ? std::nullopt : std::optional<size_t>(value);
}

template <class T>
T get(const val& options, const char* name) {
  return options[name].as<T>();
}

/// What the options of all trainers have in common.
template <class Options>
Options common_options(const val& options) {
  Options result;
  result.vocab_size = get<size_t>(options, "vocabSize");
  const val tokens = options["specialTokens"];
  const auto n_tokens = tokens["length"].as<size_t>();
  for (size_t i = 0; i < n_tokens; ++i) {
    result.special_tokens.push_back(tokens[i].as<std::string>());
  }
  return result;
}

template <class Options>
Options bpe_options(const val& options) {
  auto result = common_options<Options>(options);
  result.min_frequency = get<size_t>(options, "minFrequency");
  result.limit_alphabet = unless_zero(get<size_t>(options, "limitAlphabet"));
  result.initial_alphabet = get<std::string>(options, "initialAlphabet");
  result.max_token_length = unless_zero(get<size_t>(options, "maxTokenLength"));
  return result;
}

TrainerOptions trainer_options(const val& options) {
  switch (get<int>(options, "kind")) {
    case kBpe:
      return bpe_options<kinvec::BpeTrainerOptions>(options);
    case kWordPiece:
      return bpe_options<kinvec::WordPieceTrainerOptions>(options);
    case kWordLevel: {
      auto result = common_options<kinvec::WordLevelTrainerOptions>(options);
      result.min_frequency = get<size_t>(options, "minFrequency");
      return result;
    }
    default: {
      auto result = common_options<kinvec::UnigramTrainerOptions>(options);
      result.initial_alphabet = get<std::string>(options, "initialAlphabet");
      if (auto unknown = get<std::string>(options, "unknownToken"); !unknown.empty()) {
        result.unk_token = std::move(unknown);
      }
      return result;
    }
  }
}

class TrainerBinding {
 public:
  uintptr_t reserve_file(size_t bytes) {
    file_ = AlignedBuffer<std::byte>(bytes);
    return address(file_.data());
  }

  Status open(const val& options) {
    const Status status = start(trainer_options(options));
    file_ = AlignedBuffer<std::byte>();
    return status;
  }

  uintptr_t reserve_texts(size_t bytes, size_t count) {
    if (texts_.data() == nullptr || texts_.size() < bytes) {
      texts_ = AlignedBuffer<char>();
      texts_ = AlignedBuffer<char>(bytes);
    }
    text_ends_.resize(count);
    return address(texts_.data());
  }
  val text_ends() { return view(std::span(text_ends_)); }

  void add_texts() {
    uint32_t begin = 0;
    for (const uint32_t end : text_ends_) {
      if (const auto added = session_->add_text({texts_.data() + begin, end - begin}); !added) {
        error_ = status_of(added);
      }
      begin = end;
    }
  }

  bool step() {
    texts_ = AlignedBuffer<char>();
    return error_.code != 0 || session_->step();
  }
  double progress() const { return session_->progress(); }

  Status finish() const { return error_.code != 0 ? error_ : status_of(session_->result()); }
  val token_bytes() const { return view(bytes_of(model().tokens.bytes)); }
  val token_ends() const { return view(std::span(model().tokens.ends)); }
  val merges() const { return view(std::span(model().merges)); }
  val scores() const { return view(std::span(model().scores)); }
  int unknown_id() const { return model().unknown_id; }

 private:
  Status start(TrainerOptions options) {
    if (const auto valid = kinvec::check(options); !valid) return status_of(valid);
    const auto gguf = kinvec::Gguf::parse({file_.data(), file_.size()});
    if (!gguf) return status_of(gguf.error());
    auto pipeline = kinvec::TextPipeline::read(*gguf);
    if (!pipeline) return status_of(pipeline.error());
    session_.emplace(std::move(*pipeline), std::move(options));
    return {};
  }

  const kinvec::TrainedModel& model() const { return *session_->result(); }

  AlignedBuffer<std::byte> file_;
  AlignedBuffer<char> texts_;
  std::vector<uint32_t> text_ends_;
  std::optional<kinvec::TrainingSession> session_;
  Status error_;  // of texts that were added
};

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_trainer) {
  emscripten::class_<TrainerBinding>("Trainer")
      .constructor<>()
      .function("reserveFile", &TrainerBinding::reserve_file)
      .function("open", &TrainerBinding::open)
      .function("reserveTexts", &TrainerBinding::reserve_texts)
      .function("textEnds", &TrainerBinding::text_ends)
      .function("addTexts", &TrainerBinding::add_texts)
      .function("step", &TrainerBinding::step)
      .function("progress", &TrainerBinding::progress)
      .function("finish", &TrainerBinding::finish)
      .function("tokenBytes", &TrainerBinding::token_bytes)
      .function("tokenEnds", &TrainerBinding::token_ends)
      .function("merges", &TrainerBinding::merges)
      .function("scores", &TrainerBinding::scores)
      .function("unknownId", &TrainerBinding::unknown_id);
}

}  // namespace kinvec_binding
