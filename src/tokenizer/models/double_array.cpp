#include "double_array.h"

#include <algorithm>
#include <bit>

namespace kinvec {
namespace {

constexpr uint32_t kBlockSize = 256;  // base ^ label stays inside of a block

/// What is left of 256 units.
class UnitSet {
 public:
  explicit UnitSet(bool full) { std::ranges::fill(words_, full ? ~uint64_t{0} : 0); }
  bool contains(uint32_t i) const { return (words_[i / 64] >> i % 64 & 1) != 0; }
  void insert(uint32_t i) { words_[i / 64] |= uint64_t{1} << i % 64; }
  void erase(uint32_t i) { words_[i / 64] &= ~(uint64_t{1} << i % 64); }

  /// The first member from i on, or kBlockSize.
  uint32_t next(uint32_t i) const {
    for (; i < kBlockSize; i = (i / 64 + 1) * 64) {
      const uint64_t rest = words_[i / 64] >> i % 64;
      if (rest != 0) return i + static_cast<uint32_t>(std::countr_zero(rest));
    }
    return kBlockSize;
  }

 private:
  uint64_t words_[kBlockSize / 64];
};

/// A block in which there may be room.
struct OpenBlock {
  uint32_t begin;
  int failures = 0;
  UnitSet free{true};
  UnitSet bases{false};  // bases given away
};

}  // namespace

class DoubleArrayBuilder {
 public:
  DoubleArrayBuilder(const Vocabulary& vocabulary, std::vector<uint32_t>& units)
      : vocabulary_(vocabulary), units_(units) {
    ids_.reserve(vocabulary.size());
    for (size_t i = 0; i < vocabulary.size(); ++i) {
      const auto id = static_cast<int32_t>(i);
      if (!vocabulary.token(id).empty()) ids_.push_back(id);
    }
    spare_.resize(ids_.size());
  }

  bool build() {
    open_block();
    blocks_.back().free.erase(0);  // the root
    units_[0] = DoubleArray::kValueLabel;
    if (ids_.empty()) return true;
    std::vector<Node> nodes{{0, static_cast<uint32_t>(ids_.size()), 0, 0}};
    while (!nodes.empty()) {
      const Node node = nodes.back();
      nodes.pop_back();
      if (!add_children(node, nodes)) return false;
    }
    return true;
  }

 private:
  /// The tokens ids_[begin] to ids_[end - 1], which begin with the same `depth` bytes and hang on
  /// one unit.
  struct Node {
    uint32_t begin;
    uint32_t end;
    uint32_t depth;
    uint32_t unit;
  };

  bool add_children(const Node& node, std::vector<Node>& nodes) {
    sort_by_byte(node);
    uint32_t at = node.begin;
    while (at < node.end && rank_of(ids_[at], node.depth) == 0) ++at;
    const bool ends_token = at > node.begin;
    const int32_t last_id = ends_token ? ids_[at - 1] : -1;
    labels_.clear();
    if (ends_token) labels_.push_back(DoubleArray::kValueLabel);
    const size_t n_values = labels_.size();
    const size_t first_child = nodes.size();
    for (uint32_t last_rank = 0; at < node.end; ++at) {
      const uint32_t rank = rank_of(ids_[at], node.depth);
      if (rank != last_rank) {
        labels_.push_back(rank - 1);
        nodes.push_back({at, at, node.depth + 1, 0});
      }
      nodes.back().end = at + 1;
      last_rank = rank;
    }
    const uint32_t base = find_base();
    if (base >= DoubleArray::kMostUnits) return false;
    units_[node.unit] |= base << DoubleArray::kBaseShift;
    if (ends_token) {
      units_[node.unit] |= DoubleArray::kEndsToken;
      units_[base ^ DoubleArray::kValueLabel] =
          static_cast<uint32_t>(last_id) << 8 | DoubleArray::kValueLabel;
    }
    for (size_t i = first_child; i < nodes.size(); ++i) {
      const uint32_t label = labels_[n_values + i - first_child];
      nodes[i].unit = base ^ label;
      units_[base ^ label] = label;
    }
    return true;
  }

  /// Sorts a node's tokens by the byte that follows, those that end there first, without changing
  /// the order of equal ones: all nodes together make a radix sort.
  void sort_by_byte(const Node& node) {
    constexpr uint32_t kFew = 32;
    if (node.end - node.begin < kFew) {
      for (uint32_t i = node.begin + 1; i < node.end; ++i) {
        const int32_t id = ids_[i];
        const uint32_t rank = rank_of(id, node.depth);
        uint32_t at = i;
        for (; at > node.begin && rank_of(ids_[at - 1], node.depth) > rank; --at) {
          ids_[at] = ids_[at - 1];
        }
        ids_[at] = id;
      }
      return;
    }
    uint32_t places[258] = {};  // [r + 1]: first how many have the rank r, then where they go
    for (uint32_t i = node.begin; i < node.end; ++i) ++places[rank_of(ids_[i], node.depth) + 1];
    for (size_t r = 1; r < std::size(places); ++r) places[r] += places[r - 1];
    std::copy(ids_.begin() + node.begin, ids_.begin() + node.end, spare_.begin());
    for (uint32_t i = 0; i < node.end - node.begin; ++i) {
      ids_[node.begin + places[rank_of(spare_[i], node.depth)]++] = spare_[i];
    }
  }

  /// A token's byte at `depth` plus one, or 0 if it ends there.
  uint32_t rank_of(int32_t id, uint32_t depth) const {
    const std::string_view token = vocabulary_.token(id);
    return token.size() == depth ? 0 : static_cast<uint8_t>(token[depth]) + 1;
  }

  /// Takes a base with free units for all of labels_.
  uint32_t find_base() {
    // Few blocks are kept open, and none that has disappointed often: filling the last gaps costs
    // more time than they are worth.
    constexpr int kMostFailures = 8;
    constexpr size_t kMostBlocks = 16;
    for (auto block = blocks_.begin(); block != blocks_.end();) {
      const uint32_t base = find_base(*block);
      if (base < kBlockSize) return take(*block, base);
      const bool full = block->free.next(0) == kBlockSize;
      block = full || ++block->failures > kMostFailures ? blocks_.erase(block) : block + 1;
    }
    if (blocks_.size() == kMostBlocks) blocks_.erase(blocks_.begin());
    open_block();
    return take(blocks_.back(), find_base(blocks_.back()));
  }

  uint32_t find_base(const OpenBlock& block) const {
    for (uint32_t unit = block.free.next(0); unit < kBlockSize; unit = block.free.next(unit + 1)) {
      const uint32_t base = unit ^ labels_[0];
      const bool fits =
          !block.bases.contains(base) && std::ranges::all_of(labels_, [&](uint32_t label) {
            return block.free.contains(base ^ label);
          });
      if (fits) return base;
    }
    return kBlockSize;
  }

  uint32_t take(OpenBlock& block, uint32_t base) {
    block.bases.insert(base);
    for (const uint32_t label : labels_) block.free.erase(base ^ label);
    return block.begin + base;
  }

  void open_block() {
    blocks_.push_back({static_cast<uint32_t>(units_.size())});
    units_.resize(units_.size() + kBlockSize, DoubleArray::kValueLabel);
  }

  const Vocabulary& vocabulary_;
  std::vector<int32_t> ids_;  // tokens that are not empty; in the order of their bytes in the end
  std::vector<int32_t> spare_;
  std::vector<uint32_t>& units_;
  std::vector<OpenBlock> blocks_;
  std::vector<uint32_t> labels_;  // of the children for which there must be room
};

bool DoubleArray::build(const Vocabulary& vocabulary) {
  units_.clear();
  return DoubleArrayBuilder(vocabulary, units_).build();
}

}  // namespace kinvec
