// The training words as chains of symbols, two of which can be joined into one in constant time.
#pragma once

#include <cstdint>
#include <vector>

namespace kinvec {

/// All words lie end to end in cells, one for each character, with a boundary cell on either side
/// of each word. A joined symbol occupies the cells of its parts: its id is in the first one, its
/// width in the first and the last, so that both neighbours are found without links.
class SymbolChain {
 public:
  static constexpr uint32_t kBoundary = 0xFFFFFFFF;
  static constexpr uint32_t kInside = 0xFFFFFFFE;  // a cell of a symbol that is not its first

  SymbolChain() { push(kBoundary); }

  void add_symbol(uint32_t id) { push(id); }
  /// Ends the word to which symbols were added.
  void end_word() {
    push(kBoundary);
    ++n_words_;
  }

  /// Cells, boundaries included.
  size_t size() const { return ids_.size(); }

  /// The id of the symbol that begins at a cell; kInside or kBoundary if none does.
  uint32_t id(uint32_t cell) const { return ids_[cell]; }
  /// Number of the cell's word, in the order of addition.
  uint32_t word(uint32_t cell) const { return words_[cell]; }
  /// Characters of a symbol.
  uint32_t width(uint32_t cell) const { return widths_[cell]; }

  /// First cells of the symbols (or boundaries) beside a symbol.
  uint32_t next(uint32_t cell) const { return cell + widths_[cell]; }
  uint32_t previous(uint32_t cell) const { return cell - widths_[cell - 1]; }

  /// Joins the symbol at a cell with the next one.
  void join(uint32_t cell, uint32_t id) {
    const uint32_t right = next(cell);
    const uint32_t width = widths_[cell] + widths_[right];
    ids_[cell] = id;
    ids_[right] = kInside;
    widths_[cell] = width;
    widths_[cell + width - 1] = width;
  }

 private:
  void push(uint32_t id) {
    ids_.push_back(id);
    widths_.push_back(1);
    words_.push_back(n_words_);
  }

  std::vector<uint32_t> ids_;     // [size]
  std::vector<uint32_t> widths_;  // [size]
  std::vector<uint32_t> words_;   // [size]
  uint32_t n_words_ = 0;
};

}  // namespace kinvec
