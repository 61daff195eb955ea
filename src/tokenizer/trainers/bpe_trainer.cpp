#include "bpe_trainer.h"

#include <algorithm>
#include <string>

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

/// Adds a word to the chain, each character in the form in which it is a token: with prefix and
/// suffix. Characters outside the alphabet are passed over. New forms get ids as they come up, so
/// that frequent ones tend to have low ids. The reference does the same with the words in random
/// order; where pairs are equally frequent, ids decide, so another order, such as the alphabetical
/// one, would give vocabularies that differ more from the reference's than those do from each
/// other.
void add_word(std::string_view word, const BpeTrainerOptions& options, StringTable& tokens,
              SymbolChain& chain) {
  std::string form;
  for (size_t at = 0; at < word.size();) {
    const std::string_view character = word.substr(at, character_length(word.substr(at)));
    const bool is_first = at == 0;
    at += character.size();
    if (tokens.find(character) == StringTable::kNone) continue;
    form.clear();
    if (!is_first) form += options.continuing_subword_prefix;
    form += character;
    if (at == word.size()) form += options.end_of_word_suffix;
    chain.add_symbol(tokens.add(form));
  }
  chain.end_word();
}

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
  for (uint32_t i = 0, work = 0; i < words.size(); ++i) {
    add_word(words.word(i), options, tokens, chain);
    counts.push_back(words.count(i));
    work += static_cast<uint32_t>(words.word(i).size());
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield i* kPairsProgress / static_cast<double>(words.size());
  }
  words = {};
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
