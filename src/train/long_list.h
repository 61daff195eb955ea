// A long list in blocks, so that it grows without being copied: at no time does it take more memory
// than it has items.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace kinvec {

/// `T` is plain data.
template <class T>
class LongList {
 public:
  void push_back(T item) {
    if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique<Block>());
    (*this)[size_++] = item;
  }

  T& operator[](size_t i) { return blocks_[i / kBlock]->items[i % kBlock]; }
  const T& operator[](size_t i) const { return blocks_[i / kBlock]->items[i % kBlock]; }
  size_t size() const { return size_; }

  /// The items, one block after the other.
  size_t n_blocks() const { return blocks_.size(); }
  std::span<const T> block(size_t i) const {
    return {blocks_[i]->items, std::min(kBlock, size_ - i * kBlock)};
  }

  /// Leaves the first `size` items.
  void shrink(size_t size) {
    size_ = size;
    blocks_.resize((size + kBlock - 1) / kBlock);
  }

 private:
  static constexpr size_t kBlock = 1 << 16;
  struct Block {
    T items[kBlock];
  };

  std::vector<std::unique_ptr<Block>> blocks_;
  size_t size_ = 0;
};

}  // namespace kinvec
