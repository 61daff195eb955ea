// The JavaScript face of training tokenizers. web/native/training_module.ts mirrors it.

#include <optional>

#include "../src/gguf.h"
#include "../src/kernels/aligned_buffer.h"
#include "../src/tokenizer/trainers/training_session.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

using kinvec::AlignedBuffer;

/// A number that may be left out: 0 stands for none.
std::optional<size_t> optional_size(const val& options, const char* name) {
  const auto size = options[name].as<size_t>();
  return size == 0 ? std::nullopt : std::optional(size);
}

template <class Options>
Options common_options(const val& given) {
  Options options;
  options.vocab_size = given["vocabSize"].as<size_t>();
  options.special_tokens = emscripten::vecFromJSArray<std::string>(given["specialTokens"]);
  return options;
}

template <class Options>
Options merge_options(const val& given) {
  auto options = common_options<Options>(given);
  options.min_frequency = given["minFrequency"].as<size_t>();
  options.limit_alphabet = optional_size(given, "limitAlphabet");
  options.initial_alphabet = given["initialAlphabet"].as<std::string>();
  options.max_token_length = optional_size(given, "maxTokenLength");
  return options;
}

kinvec::TrainerOptions trainer_options(const val& given) {
  switch (given["kind"].as<int>()) {
    case 0:
      return merge_options<kinvec::BpeTrainerOptions>(given);
    case 1:
      return merge_options<kinvec::WordPieceTrainerOptions>(given);
    case 2: {
      auto options = common_options<kinvec::WordLevelTrainerOptions>(given);
      options.min_frequency = given["minFrequency"].as<size_t>();
      return options;
    }
    default: {
      auto options = common_options<kinvec::UnigramTrainerOptions>(given);
      options.initial_alphabet = given["initialAlphabet"].as<std::string>();
      const auto longest = optional_size(given, "maxTokenLength");
      options.max_piece_length = longest.value_or(options.max_piece_length);
      const auto unknown = given["unknownToken"].as<std::string>();
      if (!unknown.empty()) options.unk_token = unknown;
      return options;
    }
  }
}

class TrainerBinding {
 public:
  uintptr_t reserve_file(size_t bytes) {
    file_ = AlignedBuffer<std::byte>(bytes);
    return address(file_.data());
  }

  Status open(val options) {
    const Status status = read_file(options);
    file_ = AlignedBuffer<std::byte>();
    return status;
  }

  uintptr_t reserve_texts(size_t bytes, size_t count) {
    text_ends_.assign(count, 0);
    return reserve(texts_, bytes);
  }
  val text_ends() { return view(std::span(text_ends_)); }

  Status add_texts() {
    size_t begin = 0;
    for (const uint32_t end : text_ends_) {
      if (auto added = session_->add_text({texts_.data() + begin, end - begin}); !added) {
        return status_of(added.error());
      }
      begin = end;
    }
    return {};
  }

  bool step() {
    texts_ = AlignedBuffer<char>();
    return session_->step();
  }
  double progress() const { return session_->progress(); }

  Status finish() {
    auto& result = session_->result();
    if (!result) return status_of(result.error());
    model_ = std::move(*result);
    session_.reset();
    return {};
  }

  val token_bytes() const { return view(bytes_of(model_.tokens.bytes)); }
  val token_ends() const { return view(std::span(model_.tokens.ends)); }
  val merges() const { return view(std::span(model_.merges)); }
  val scores() const { return view(std::span(model_.scores)); }
  int unknown_id() const { return model_.unknown_id; }

 private:
  Status read_file(const val& given) {
    auto options = trainer_options(given);
    if (const auto valid = kinvec::check(options); !valid) return status_of(valid.error());
    auto gguf = kinvec::Gguf::parse({file_.data(), file_.size()});
    if (!gguf) return status_of(gguf.error());
    auto pipeline = kinvec::TextPipeline::read(*gguf);
    if (!pipeline) return status_of(pipeline.error());
    session_.emplace(std::move(*pipeline), std::move(options));
    return {};
  }

  AlignedBuffer<std::byte> file_;
  std::optional<kinvec::TrainingSession> session_;
  AlignedBuffer<char> texts_;
  std::vector<uint32_t> text_ends_;
  kinvec::TrainedModel model_;
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
