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

  void clear() {
    slots_.assign(slots_.size(), Slot{});
    pieces_.assign(1, kNoPiece);
  }

  /// Enters a piece, which is not empty; answers the node where it ends.
  uint32_t add(std::span<const char32_t> characters, int32_t piece) {
    uint32_t node = kRoot;
    for (const char32_t c : characters) node = add_child(node, c);
    pieces_[node] = piece;
    return node;
  }

  /// The node that a character leads to, or kNoNode.
  uint32_t child(uint32_t node, char32_t c) const {
    return slots_.empty() ? kNoNode : slots_[place(key_of(node, c))].child;
  }
  /// The piece that ends at a node, or kNoPiece.
  int32_t piece(uint32_t node) const { return pieces_[node]; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t child = kNoNode;
  };

  static uint64_t key_of(uint32_t node, char32_t c) { return uint64_t{node} << 21 | c; }

  /// The slot of an edge, or the empty one where it belongs.
  size_t place(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t at = (key * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (slots_[at].child != kNoNode && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }

  uint32_t add_child(uint32_t node, char32_t c) {
    if (slots_.size() <= 2 * pieces_.size()) grow();
    Slot& slot = slots_[place(key_of(node, c))];
    if (slot.child == kNoNode) {
      slot = {key_of(node, c), static_cast<uint32_t>(pieces_.size())};
      pieces_.push_back(kNoPiece);
    }
    return slot.child;
  }

  void grow() {
    constexpr size_t kFewestSlots = 1024;
    std::vector<Slot> old(slots_.empty() ? kFewestSlots : 2 * slots_.size());
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.child != kNoNode) slots_[place(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;  // edges: open addressing, a power of two, at most half full
  std::vector<int32_t> pieces_{kNoPiece};  // [n_nodes]
};

}  // namespace kinvec
