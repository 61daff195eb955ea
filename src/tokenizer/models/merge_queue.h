// Merging the symbols of a long word, in time linear in its length but for the sorting of equal
// ranks that were found out of order. Short words are merged by scanning them (bpe.cpp).
//
// Every pair that can merge waits in a list under its rank. The lowest rank with a list is found in
// a tree of bits, so that the order is that of a priority queue without its logarithm: the text of
// a model without pre-tokenizer is one word of a million characters.
#pragma once

#include <cstdint>
#include <vector>

#include "merge_table.h"

namespace kinvec {

/// A token in the making: its id and how many bytes of the word it stands for.
struct Symbol {
  int32_t id;
  uint32_t length;
};

/// A set of numbers below a bound, with its lowest member at hand.
class RankSet {
 public:
  explicit RankSet(size_t bound);

  bool empty() const { return levels_.back()[0] == 0; }
  uint32_t lowest() const;
  void insert(uint32_t rank);
  void erase(uint32_t rank);

 private:
  // A bit for each number; above it a bit for each word that is not zero; one word at the top.
  std::vector<std::vector<uint64_t>> levels_;
};

class MergeQueue {
 public:
  explicit MergeQueue(const MergeTable& merges);

  /// Replaces `symbols` by what is left when no pair can merge: always the pair of the lowest rank
  /// first, of equal ones the leftmost.
  void merge_all(std::vector<Symbol>& symbols);

 private:
  struct Node {
    uint32_t previous;  // neighbours among the symbols that are left
    uint32_t next;
    uint32_t rank;  // of the symbol and the next one
  };
  struct Entry {
    uint32_t position;  // of the pair's left symbol
    uint32_t next;      // entry of the same rank, in a ring
  };
  /// Beside the list what its pairs become, which is wanted when an entry is taken out.
  struct List {
    uint32_t last : 31;  // entry, which the first one follows, or kEmpty
    uint32_t is_sorted : 1;
    int32_t merged;
  };
  static constexpr uint32_t kEmpty = 0x7FFFFFFF;

  void push(uint32_t position, const std::vector<Symbol>& symbols);
  uint32_t pop(List& list, uint32_t rank);
  void release();
  void sort(List& list);

  const MergeTable& merges_;
  RankSet ranks_;            // those with a list
  std::vector<List> lists_;  // [merges_.size()] by rank
  std::vector<Node> nodes_;  // [n_symbols]
  std::vector<Entry> entries_;
  std::vector<uint32_t> positions_;  // of a list that is being sorted
  std::vector<uint32_t> spare_;
};

}  // namespace kinvec
