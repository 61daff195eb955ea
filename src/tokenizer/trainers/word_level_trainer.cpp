#include "word_level_trainer.h"

#include "../../sort_indices.h"

namespace kinvec {

Training train_word_level(WordCounts words, WordLevelTrainerOptions options) {
  if (auto ok = check(options); !ok) co_return ok.error();

  StringTable tokens;
  for (const std::string& token : options.special_tokens) tokens.add(token);

  const auto order = sorted_indices(words.size(), [&words](uint32_t a, uint32_t b) {
    if (words.count(a) != words.count(b)) return words.count(a) > words.count(b);
    return words.word(a) < words.word(b);
  });
  for (const uint32_t word : order) {
    if (tokens.size() == options.vocab_size || words.count(word) < options.min_frequency) break;
    tokens.add(words.word(word));
  }
  TrainedModel model;
  for (uint32_t id = 0; id < tokens.size(); ++id) model.tokens.add(tokens[id]);
  co_return model;
}

}  // namespace kinvec
