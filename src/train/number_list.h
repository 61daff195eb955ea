// A long list of numbers in blocks, so that it grows without being copied: at no time does it take
// more memory than it has numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kinvec {

class NumberList {
 public:
  void push_back(uint32_t number) {
    if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique<Block>());
    (*this)[size_++] = number;
  }

  uint32_t& operator[](size_t i) { return blocks_[i / kBlock]->numbers[i % kBlock]; }
  uint32_t operator[](size_t i) const { return blocks_[i / kBlock]->numbers[i % kBlock]; }
  size_t size() const { return size_; }

  /// Leaves the first `size` numbers.
  void shrink(size_t size) {
    size_ = size;
    blocks_.resize((size + kBlock - 1) / kBlock);
  }

 private:
  static constexpr size_t kBlock = 1 << 16;
  struct Block {
    uint32_t numbers[kBlock];
  };

  std::vector<std::unique_ptr<Block>> blocks_;
  size_t size_ = 0;
};

}  // namespace kinvec
