#include "bpe_trainer.h"

#include <algorithm>
#include <string>

#include "../../sort_indices.h"
#include "alphabet.h"
#include "bpe_merger.h"

namespace kinvec {
namespace {

// Some tens of milliseconds in a browser: bytes or cells read, and occurrences merged.
constexpr size_t kWorkPerStep = size_t{1} << 17;
constexpr size_t kMergesPerStep = size_t{1} << 15;

/// Parts of the whole work, as measured on English text.
constexpr double kPairsProgress = 0.15;  // at the start of the counting of pairs
constexpr double kMergeProgress = 0.3;   // at the first merge

/// The characters of words in the form in which they are tokens: with prefix and suffix.
class CharacterForms {
 public:
  CharacterForms(const StringTable& alphabet, const BpeTrainerOptions& options)
      : alphabet_(alphabet), options_(options) {}

  /// Adds a word to the chain, its symbols by their numbers among the forms. Characters outside the
  /// alphabet are passed over.
  void add_word(std::string_view word, SymbolChain& chain) {
    for (size_t at = 0; at < word.size();) {
      const std::string_view character = word.substr(at, character_length(word.substr(at)));
      const bool is_first = at == 0;
      at += character.size();
      if (alphabet_.find(character) == StringTable::kNone) continue;
      form_.clear();
      if (!is_first) form_ += options_.continuing_subword_prefix;
      form_ += character;
      if (at == word.size()) form_ += options_.end_of_word_suffix;
      chain.add_symbol(forms_.add(form_));
    }
    chain.end_word();
  }

  /// Adds the forms to the tokens in ascending order; answers the token of each.
  std::vector<uint32_t> add_to(StringTable& tokens) const {
    const auto order = sorted_indices(
        forms_.size(), [this](uint32_t a, uint32_t b) { return forms_[a] < forms_[b]; });
    std::vector<uint32_t> ids(forms_.size());
    for (const uint32_t form : order) ids[form] = tokens.add(forms_[form]);
    return ids;
  }

 private:
  const StringTable& alphabet_;
  const BpeTrainerOptions& options_;
  StringTable forms_;
  std::string form_;
};

}  // namespace

Training train_bpe(WordCounts words, BpeTrainerOptions options) {
  if (auto ok = check(options); !ok) co_return ok.error();

  WordCounts characters;
  for (uint32_t i = 0, work = 0; i < words.size(); ++i) {
    count_characters(words.word(i), words.count(i), characters);
    work += static_cast<uint32_t>(words.word(i).size());
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield 0;
  }
  StringTable tokens;
  for (const std::string& token : options.special_tokens) tokens.add(token);
  for (const std::string& character :
       choose_alphabet(characters, options.initial_alphabet, options.limit_alphabet)) {
    tokens.add(character);
  }

  SymbolChain chain;
  std::vector<uint64_t> counts;
  CharacterForms forms(tokens, options);
  for (uint32_t i = 0, work = 0; i < words.size(); ++i) {
    forms.add_word(words.word(i), chain);
    counts.push_back(words.count(i));
    work += static_cast<uint32_t>(words.word(i).size());
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield i* kPairsProgress / static_cast<double>(words.size());
  }
  words = {};
  const std::vector<uint32_t> ids = forms.add_to(tokens);
  for (uint32_t cell = 0; cell < chain.size(); ++cell) {
    if (chain.id(cell) != SymbolChain::kBoundary) chain.set_id(cell, ids[chain.id(cell)]);
  }

  BpeMerger merger(std::move(tokens), std::move(chain), std::move(counts), options);
  const auto n_cells = static_cast<double>(merger.n_cells());
  for (size_t cell = 0; cell < merger.n_cells(); cell += kWorkPerStep) {
    merger.count_pairs(cell, std::min(cell + kWorkPerStep, merger.n_cells()));
    co_yield kPairsProgress + 0.1 * static_cast<double>(cell) / n_cells;
  }
  merger.reserve_places();
  for (size_t cell = 0; cell < merger.n_cells(); cell += kWorkPerStep) {
    merger.enter_places(cell, std::min(cell + kWorkPerStep, merger.n_cells()));
    co_yield kMergeProgress;
  }
  merger.start_queue();

  const size_t n_alphabet = merger.n_tokens();
  for (size_t work = 0; merger.n_tokens() < options.vocab_size;) {
    const size_t done = merger.merge_best();
    if (done == 0) break;
    work += done;
    if (work < kMergesPerStep) continue;
    work = 0;
    co_yield kMergeProgress + (1 - kMergeProgress) *
                                  static_cast<double>(merger.n_tokens() - n_alphabet) /
                                  static_cast<double>(options.vocab_size - n_alphabet);
  }
  co_return merger.model();
}

}  // namespace kinvec
