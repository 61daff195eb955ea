// The merging of byte-pair encoding: keeps count of all pairs of neighbouring symbols, and joins
// the most frequent pair wherever it occurs. Each merge costs what its occurrences cost, however
// long the words are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pair_table.h"
#include "string_table.h"
#include "symbol_chain.h"
#include "trainer_options.h"
#include "training.h"

namespace kinvec {

class BpeMerger {
 public:
  /// `tokens` are those that the symbols of `chain` stand for, and others before them;
  /// `word_counts` [n_words]. The options must outlive this.
  BpeMerger(StringTable tokens, SymbolChain chain, std::vector<uint64_t> word_counts,
            const BpeTrainerOptions& options);

  size_t n_tokens() const { return tokens_.size(); }
  size_t n_cells() const { return chain_.size(); }

  // Preparation: two rounds over the cells, in ranges [begin, end), each ended by one call.
  void count_pairs(size_t begin, size_t end);
  void reserve_places();
  void enter_places(size_t begin, size_t end);
  void start_queue();

  /// Merges the best pair; answers the work done, 0 if no pair is left to merge.
  size_t merge_best();

  TrainedModel model() const;

 private:
  /// Places where a pair was seen, waiting to be merged. A pair has several of these if it came up
  /// again later, when its right or left token was formed in another way.
  struct Candidate {
    int64_t count;   // of the pair when this was queued; it may have changed
    uint32_t pair;   // number in the table of pairs
    uint32_t begin;  // in the list of places
    uint32_t end;
  };
  /// Order of the queue: whether `a` comes after `b`.
  struct Later {
    const BpeMerger& merger;
    bool operator()(const Candidate& a, const Candidate& b) const;
  };

  bool is_pair(uint32_t cell) const {
    return chain_.id(cell) != SymbolChain::kBoundary &&
           chain_.id(cell + 1) != SymbolChain::kBoundary;
  }
  TokenPair pair_at(uint32_t cell) const { return {chain_.id(cell), chain_.id(cell + 1)}; }
  int64_t count_at(uint32_t cell) const {
    return static_cast<int64_t>(word_counts_[chain_.word(cell)]);
  }

  uint32_t add_count(TokenPair pair, int64_t count);
  std::optional<Candidate> pop_best();
  std::string merged_token(TokenPair pair) const;
  void merge_at(uint32_t cell, TokenPair pair, uint32_t merged);
  void add_new_pair(TokenPair pair, uint32_t cell, size_t length, int64_t count);
  void queue_new_pairs();

  StringTable tokens_;
  SymbolChain chain_;
  std::vector<uint64_t> word_counts_;
  const BpeTrainerOptions& options_;

  PairTable pairs_;
  // [n_pairs] Occurrences of each pair in the texts. As in the reference, a merge leaves the count
  // of its own pair as it is, so that pair has too high a count if it comes up again.
  std::vector<int64_t> counts_;
  std::vector<uint32_t> n_places_;    // [n_pairs] in cells, while places are counted
  std::vector<uint32_t> places_;      // cells where a pair begins, of one candidate after another
  std::vector<Candidate> queue_;      // a heap, once it is started
  std::vector<uint64_t> new_places_;  // of one merge: number of a new pair << 32 | cell
  std::vector<uint32_t> merges_;      // numbers of the pairs
};

}  // namespace kinvec
