#include "bpe_trainer.h"

#include <algorithm>
#include <string>

#include "alphabet.h"
#include "pair_table.h"
#include "symbol_chain.h"

namespace kinvec {
namespace {

/// Cells or occurrences that one step looks at: some tens of milliseconds in a browser.
constexpr size_t kWorkPerStep = size_t{1} << 18;

/// Parts of the whole work, as measured on English text.
constexpr double kPairsProgress = 0.15;  // at the start of the counting of pairs
constexpr double kMergeProgress = 0.3;   // at the first merge

/// Places where a pair was seen, waiting to be merged. A pair has several of these if it came up
/// again later, when its right or left token was formed in another way.
struct Candidate {
  int64_t count;   // of the pair when this was queued; it may have changed
  uint32_t pair;   // number in the table of pairs
  uint32_t begin;  // in the list of places
  uint32_t end;
};

class BpeMerger {
 public:
  BpeMerger(StringTable tokens, SymbolChain chain, std::vector<uint64_t> word_counts,
            const BpeTrainerOptions& options)
      : tokens_(std::move(tokens)),
        chain_(std::move(chain)),
        word_counts_(std::move(word_counts)),
        options_(options),
        max_token_length_(options.max_token_length.value_or(SIZE_MAX)) {}

  size_t n_tokens() const { return tokens_.size(); }
  size_t n_cells() const { return chain_.size(); }

  /// Counts the pairs of cells [begin, end).
  void count_pairs(size_t begin, size_t end) {
    for (auto cell = static_cast<uint32_t>(begin); cell < end; ++cell) {
      if (!is_pair(cell)) continue;
      const uint32_t pair = add_count(pair_at(cell), count_at(cell));
      if (pair == n_places_.size()) n_places_.push_back(0);
      ++n_places_[pair];
    }
  }

  /// Makes room for the places of each pair, one pair after the other.
  void reserve_places() {
    uint32_t at = 0;
    for (uint32_t pair = 0; pair < pairs_.size(); ++pair) {
      queue_.push_back({counts_[pair], pair, at, at});
      at += n_places_[pair];
    }
    places_.resize(at);
    n_places_ = {};
  }

  /// Enters the places of the pairs of cells [begin, end).
  void enter_places(size_t begin, size_t end) {
    for (auto cell = static_cast<uint32_t>(begin); cell < end; ++cell) {
      if (is_pair(cell)) places_[queue_[pairs_.add(pair_at(cell))].end++] = cell;
    }
  }

  void start_queue() {
    std::erase_if(queue_, [](const Candidate& candidate) { return candidate.count <= 0; });
    std::make_heap(queue_.begin(), queue_.end(), Later{*this});
  }

  /// Merges the best pair; answers the number of places looked at, 0 if no pair is left.
  size_t merge_best() {
    const std::optional<Candidate> best = pop_best();
    if (!best) return 0;
    const TokenPair pair = pairs_[best->pair];
    const uint32_t merged = tokens_.add(merged_token(pair));
    merges_.push_back(best->pair);
    for (uint32_t i = best->begin; i < best->end; ++i) {
      const uint32_t cell = places_[i];
      // Merges since then may have taken one of the two symbols.
      if (chain_.id(cell) == pair.left && chain_.id(chain_.next(cell)) == pair.right) {
        merge_at(cell, pair, merged);
      }
    }
    queue_new_pairs();
    return best->end - best->begin + size_t{1};
  }

  TrainedModel model() const;

 private:
  struct NewPlace {
    uint32_t pair;
    uint32_t cell;
  };

  /// Order of the queue: whether `a` comes after `b`.
  struct Later {
    const BpeMerger& merger;
    bool operator()(const Candidate& a, const Candidate& b) const {
      if (a.count != b.count) return a.count < b.count;
      if (a.pair != b.pair) return merger.pairs_[b.pair] < merger.pairs_[a.pair];
      return b.begin < a.begin;
    }
  };

  bool is_pair(uint32_t cell) const {
    return chain_.id(cell) != SymbolChain::kBoundary &&
           chain_.id(cell + 1) != SymbolChain::kBoundary;
  }
  TokenPair pair_at(uint32_t cell) const { return {chain_.id(cell), chain_.id(cell + 1)}; }
  int64_t count_at(uint32_t cell) const {
    return static_cast<int64_t>(word_counts_[chain_.word(cell)]);
  }

  uint32_t add_count(TokenPair pair, int64_t count) {
    const uint32_t number = pairs_.add(pair);
    if (number == counts_.size()) counts_.push_back(0);
    counts_[number] += count;
    return number;
  }

  std::optional<Candidate> pop_best();
  std::string merged_token(TokenPair pair) const;
  void merge_at(uint32_t cell, TokenPair pair, uint32_t merged);
  void add_new_pair(TokenPair pair, uint32_t cell, size_t length, int64_t count);
  void queue_new_pairs();

  StringTable tokens_;
  SymbolChain chain_;
  std::vector<uint64_t> word_counts_;
  const BpeTrainerOptions& options_;
  size_t max_token_length_;

  PairTable pairs_;
  // [n_pairs] Occurrences of each pair in the texts. As in the reference, a merge leaves the count
  // of its own pair as it is, so that pair has too high a count if it comes up again.
  std::vector<int64_t> counts_;
  std::vector<uint32_t> n_places_;  // [n_pairs] in cells, while places are counted
  std::vector<uint32_t> places_;    // cells where a pair begins, of one candidate after another
  std::vector<Candidate> queue_;    // a heap
  std::vector<NewPlace> new_places_;
  std::vector<uint32_t> merges_;  // numbers of the pairs
};

std::optional<Candidate> BpeMerger::pop_best() {
  while (!queue_.empty()) {
    std::pop_heap(queue_.begin(), queue_.end(), Later{*this});
    Candidate& best = queue_.back();
    if (best.count == counts_[best.pair]) {
      if (best.count < 1 || static_cast<uint64_t>(best.count) < options_.min_frequency) break;
      const Candidate popped = best;
      queue_.pop_back();
      return popped;
    }
    // Counts are brought up to date only here, when it matters.
    best.count = counts_[best.pair];
    std::push_heap(queue_.begin(), queue_.end(), Later{*this});
  }
  return std::nullopt;
}

std::string BpeMerger::merged_token(TokenPair pair) const {
  std::string token(tokens_[pair.left]);
  std::string_view right = tokens_[pair.right];
  if (right.starts_with(options_.continuing_subword_prefix)) {
    right.remove_prefix(options_.continuing_subword_prefix.size());
  }
  return token.append(right);
}

void BpeMerger::merge_at(uint32_t cell, TokenPair pair, uint32_t merged) {
  const int64_t count = count_at(cell);
  const uint32_t before = chain_.previous(cell);
  chain_.join(cell, merged);
  const uint32_t after = chain_.next(cell);
  const size_t length = chain_.width(cell);

  if (const uint32_t left = chain_.id(before); left != SymbolChain::kBoundary) {
    add_count({left, pair.left}, -count);
    add_new_pair({left, merged}, before, length + chain_.width(before), count);
  }
  if (const uint32_t right = chain_.id(after); right != SymbolChain::kBoundary) {
    add_count({pair.right, right}, -count);
    add_new_pair({merged, right}, cell, length + chain_.width(after), count);
  }
}

void BpeMerger::add_new_pair(TokenPair pair, uint32_t cell, size_t length, int64_t count) {
  if (length < max_token_length_) new_places_.push_back({add_count(pair, count), cell});
}

void BpeMerger::queue_new_pairs() {
  std::sort(new_places_.begin(), new_places_.end(), [](const NewPlace& a, const NewPlace& b) {
    return a.pair != b.pair ? a.pair < b.pair : a.cell < b.cell;
  });
  for (size_t i = 0; i < new_places_.size();) {
    const uint32_t pair = new_places_[i].pair;
    const auto begin = static_cast<uint32_t>(places_.size());
    const bool is_wanted = counts_[pair] > 0;
    for (; i < new_places_.size() && new_places_[i].pair == pair; ++i) {
      if (is_wanted) places_.push_back(new_places_[i].cell);
    }
    if (!is_wanted) continue;
    queue_.push_back({counts_[pair], pair, begin, static_cast<uint32_t>(places_.size())});
    std::push_heap(queue_.begin(), queue_.end(), Later{*this});
  }
  new_places_.clear();
}

TrainedModel BpeMerger::model() const {
  TrainedModel model;
  for (uint32_t id = 0; id < tokens_.size(); ++id) model.tokens.add(tokens_[id]);
  // Of merges of the same pair the last one counts, as in the reference.
  std::vector<uint32_t> last(pairs_.size());
  for (uint32_t i = 0; i < merges_.size(); ++i) last[merges_[i]] = i;
  for (uint32_t i = 0; i < merges_.size(); ++i) {
    if (last[merges_[i]] != i) continue;
    model.merges.push_back(static_cast<int32_t>(pairs_[merges_[i]].left));
    model.merges.push_back(static_cast<int32_t>(pairs_[merges_[i]].right));
  }
  return model;
}

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
    std::vector<uint32_t> order(forms_.size());
    for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [this](uint32_t a, uint32_t b) { return forms_[a] < forms_[b]; });
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
    co_yield kPairsProgress* i / static_cast<double>(words.size());
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
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield kMergeProgress + (1 - kMergeProgress) *
                                  static_cast<double>(merger.n_tokens() - n_alphabet) /
                                  static_cast<double>(options.vocab_size - n_alphabet);
  }
  co_return merger.model();
}

}  // namespace kinvec
