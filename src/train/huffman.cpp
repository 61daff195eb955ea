#include "huffman.h"

#include <algorithm>

namespace kinvec {

HuffmanTree::HuffmanTree(std::span<const uint64_t> counts) : starts_(counts.size() + 1) {
  const auto n_words = static_cast<uint32_t>(counts.size());
  const uint32_t n_inner = n_words - 1;
  // Nodes: the words, then the inner ones as they are made. Both queues have the rarest in front.
  struct Node {
    uint64_t count = 0;
    uint32_t parent = 0;
    bool bit = false;
  };
  std::vector<Node> nodes(n_words + n_inner);
  for (uint32_t i = 0; i < n_words; ++i) nodes[i].count = counts[i];

  uint32_t words_left = n_words;
  uint32_t first_inner = n_words;
  for (uint32_t made = n_words; made < nodes.size(); ++made) {
    for (const bool bit : {false, true}) {
      const bool takes_word =
          words_left > 0 &&
          (first_inner == made || nodes[words_left - 1].count < nodes[first_inner].count);
      Node& rarest = nodes[takes_word ? --words_left : first_inner++];
      rarest.parent = made;
      rarest.bit = bit;
      nodes[made].count += rarest.count;
    }
  }

  for (uint32_t word = 0; word < n_words; ++word) {
    for (uint32_t at = word; at + 1 < nodes.size(); at = nodes[at].parent) {
      turns_.push_back({nodes[at].parent - n_words, nodes[at].bit});
    }
    starts_[word + 1] = turns_.size();
    const auto begin = turns_.begin() + static_cast<ptrdiff_t>(starts_[word]);
    std::reverse(begin, turns_.end());
    depth_ = std::max(depth_, turns_.size() - starts_[word]);
  }
}

}  // namespace kinvec
