// The pieces of a vocabulary under training by their characters, one edge of a tree for each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kinvec {

class PieceTrie {
 public:
  static constexpr int32_t kNoPiece = -1;
  static constexpr uint32_t kRoot = 0;
  static constexpr uint32_t kNoNode = 0xFFFFFFFF;

  struct Node {
    uint32_t number;
    int32_t piece;  // that ends here, or kNoPiece

    bool exists() const { return number != kNoNode; }
  };

  PieceTrie() { clear(); }

  /// Leaves room for as many nodes as there were: the smaller the table, the faster are look-ups.
  void clear() {
    size_t n_slots = kFewestSlots;
    while (n_slots <= 2 * n_nodes_) n_slots *= 2;
    slots_.assign(n_slots, Slot{});
    n_nodes_ = 1;
  }

  /// Enters a piece, which is not empty.
  void add(std::span<const char32_t> characters, int32_t piece) {
    uint32_t node = kRoot;
    for (const char32_t c : characters.first(characters.size() - 1)) {
      node = add_child(node, c).number;
    }
    add_child(node, characters.back()).piece = piece;
  }

  /// The node that a character leads to, which may not exist.
  Node child(uint32_t node, char32_t c) const { return slots_[place(key_of(node, c))].child; }

 private:
  static constexpr size_t kFewestSlots = 1024;

  struct Slot {
    uint64_t key = 0;
    Node child{kNoNode, kNoPiece};
  };

  static uint64_t key_of(uint32_t node, char32_t c) { return uint64_t{node} << 21 | c; }

  /// The slot of an edge, or the empty one where it belongs.
  size_t place(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t at = (key * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (slots_[at].child.exists() && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }

  Node& add_child(uint32_t node, char32_t c) {
    if (slots_.size() <= 2 * n_nodes_) grow();
    Slot& slot = slots_[place(key_of(node, c))];
    if (!slot.child.exists()) slot = {key_of(node, c), {n_nodes_++, kNoPiece}};
    return slot.child;
  }

  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.child.exists()) slots_[place(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;  // edges: open addressing, a power of two, at most half full
  uint32_t n_nodes_ = 1;     // the root included
};

}  // namespace kinvec
