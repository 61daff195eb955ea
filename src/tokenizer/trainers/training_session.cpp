#include "training_session.h"

#include "bpe_trainer.h"
#include "unigram_trainer.h"
#include "word_level_trainer.h"

namespace kinvec {
namespace {

Training begin(WordCounts words, BpeTrainerOptions options) {
  return train_bpe(std::move(words), std::move(options));
}
Training begin(WordCounts words, WordLevelTrainerOptions options) {
  return train_word_level(std::move(words), std::move(options));
}
Training begin(WordCounts words, UnigramTrainerOptions options) {
  return train_unigram(std::move(words), std::move(options));
}

}  // namespace

Result<void> TrainingSession::add_text(std::string_view utf8) {
  constexpr size_t kMostBytes = size_t{1} << 30;
  pipeline_.normalize(utf8, 0, scratch_);
  pipeline_.pre_tokenize(scratch_);
  const std::string_view text = scratch_.current.text.text();
  for (const Word& word : scratch_.current.words) {
    words_.add(text.substr(word.begin, word.end - word.begin));
  }
  if (words_.n_bytes() <= kMostBytes) return {};
  return Error{ErrorCode::kOutOfMemory,
               "the distinct words of the texts have more than 1 GiB; give fewer texts, or a "
               "pre-tokenizer that cuts them into shorter words"};
}

bool TrainingSession::step() {
  if (!training_) {
    const auto begin_with = [this](auto& options) {
      return begin(std::move(words_), std::move(options));
    };
    training_ = std::visit(begin_with, options_);
    scratch_ = {};
  }
  return training_->step();
}

}  // namespace kinvec
