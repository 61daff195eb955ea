// The links of a graph in memory: of each row one list per level that it is on. Level 0 holds all
// rows, each higher one fewer.
#pragma once

#include <cstdint>
#include <span>

#include "row_blocks.h"

namespace kinvec {

/// The rows that one row is linked to on one level. A view.
class LinkList {
 public:
  LinkList(uint32_t* words, size_t capacity) : words_(words), capacity_(capacity) {}

  std::span<uint32_t> rows() const { return {words_ + 1, words_[0]}; }
  size_t capacity() const { return capacity_; }
  bool full() const { return words_[0] == capacity_; }
  bool has(uint32_t row) const {
    return std::find(rows().begin(), rows().end(), row) != rows().end();
  }

  void append(uint32_t row) { words_[1 + words_[0]++] = row; }
  void clear() { words_[0] = 0; }
  void assign(std::span<const uint32_t> rows) {
    std::copy(rows.begin(), rows.end(), words_ + 1);
    words_[0] = static_cast<uint32_t>(rows.size());
  }

 private:
  uint32_t* words_;  // how many, then which
  size_t capacity_;
};

class GraphLinks {
 public:
  /// `neighbors` per row and level, and twice as many on level 0.
  explicit GraphLinks(size_t neighbors)
      : neighbors_(neighbors),
        heads_(sizeof(Head)),
        ground_((1 + 2 * neighbors) * sizeof(uint32_t)),
        upper_((1 + neighbors) * sizeof(uint32_t)) {}

  size_t size() const { return size_; }
  size_t upper_lists() const { return upper_size_; }
  /// Memory of a row that is on level 0 alone.
  size_t bytes_per_row() const { return heads_.bytes_per_row() + ground_.bytes_per_row(); }

  /// Makes room for `rows` rows in all with `upper_lists` lists above level 0. False, and no change
  /// but of memory, when there is none left.
  bool reserve(size_t rows, size_t upper_lists);
  /// Gives back memory that the rows do not need.
  void shrink();

  /// Appends a row on levels 0 to `level`, for which there is room, without links.
  void push_back(size_t level);

  size_t level(size_t row) const { return head(row).level; }
  size_t capacity(size_t level) const { return level == 0 ? 2 * neighbors_ : neighbors_; }
  LinkList links(size_t row, size_t level) const {
    if (level == 0) return {words(ground_, row), 2 * neighbors_};
    return {words(upper_, head(row).first_upper + level - 1), neighbors_};
  }

  /// Takes out the rows of which gone(row) is true; those behind them move up. What links say is
  /// left as it is.
  template <class Gone>
  void remove(const Gone& gone) {
    size_t kept = 0;
    size_t kept_upper = 0;
    for (size_t row = 0; row < size_; ++row) {
      if (gone(row)) continue;
      const Head from = head(row);
      // Lists lie in the order of their rows, so that none is written over before it has moved.
      for (size_t i = 0; i < from.level; ++i) {
        copy(upper_, from.first_upper + i, kept_upper + i);
      }
      copy(ground_, row, kept);
      head(kept++) = {static_cast<uint32_t>(kept_upper), from.level};
      kept_upper += from.level;
    }
    size_ = kept;
    upper_size_ = kept_upper;
    shrink();
  }

 private:
  struct Head {
    uint32_t first_upper;  // the list of level 1, which those of higher levels follow
    uint32_t level;
  };

  static uint32_t* words(const RowBlocks& blocks, size_t i) {
    const size_t per_block = blocks.rows_per_block();
    return reinterpret_cast<uint32_t*>(blocks.block(i / per_block) +
                                       i % per_block * blocks.bytes_per_row());
  }
  static void copy(const RowBlocks& blocks, size_t from, size_t to) {
    if (from != to) std::copy_n(words(blocks, from), blocks.bytes_per_row() / 4, words(blocks, to));
  }
  Head& head(size_t row) const { return *reinterpret_cast<Head*>(words(heads_, row)); }

  size_t neighbors_;
  size_t size_ = 0;
  size_t upper_size_ = 0;
  RowBlocks heads_;
  RowBlocks ground_;  // lists of level 0, by row
  RowBlocks upper_;   // those above, level by level of row by row
};

}  // namespace kinvec
