#include "word_level_trainer.h"

#include <algorithm>
#include <numeric>

namespace kinvec {

Training train_word_level(WordCounts words, WordLevelTrainerOptions options) {
  if (auto ok = check(options); !ok) co_return ok.error();

  StringTable tokens;
  for (const std::string& token : options.special_tokens) tokens.add(token);

  std::vector<uint32_t> order(words.size());
  std::iota(order.begin(), order.end(), 0);
  const auto before = [&words](uint32_t a, uint32_t b) {
    if (words.count(a) != words.count(b)) return words.count(a) > words.count(b);
    return words.word(a) < words.word(b);
  };
  // Special tokens among the words are passed over, so no more than vocab_size words are looked at.
  const size_t n_best = std::min(order.size(), options.vocab_size);
  std::nth_element(order.begin(), order.begin() + static_cast<ptrdiff_t>(n_best), order.end(),
                   before);
  co_yield 0.5;
  order.resize(n_best);
  std::sort(order.begin(), order.end(), before);

  for (const uint32_t word : order) {
    if (tokens.size() == options.vocab_size || words.count(word) < options.min_frequency) break;
    tokens.add(words.word(word));
  }
  TrainedModel model;
  for (uint32_t id = 0; id < tokens.size(); ++id) model.tokens.add(tokens[id]);
  co_return model;
}

}  // namespace kinvec
