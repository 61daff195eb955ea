// Finds the substrings of a text that occur more than once, of those that always continue in the
// same way only the longest: the inner nodes of the text's suffix tree.
#pragma once

#include <cstdint>
#include <vector>

#include "training_corpus.h"

namespace kinvec {

struct RepeatedSubstring : Substring {
  uint32_t frequency;  // occurrences in the text
};

/// Sorts the suffixes of the text by their first characters (three-way radix quicksort: Bentley and
/// Sedgewick, "Fast Algorithms for Sorting and Searching Strings", 1997). Suffixes with the same
/// first k characters come to lie together; where their next characters differ, those k characters
/// are a node of the tree. So no suffix array with common prefixes has to be built, and as only the
/// first max_length + 1 characters are looked at, the work is proportional to the text's length on
/// any text.
class RepeatedSubstrings {
 public:
  /// Looks for substrings of 2 to `max_length` characters without a boundary. The text must outlive
  /// this.
  RepeatedSubstrings(const std::vector<char32_t>& text, uint32_t max_length);

  /// Sorts about `work` suffixes by one more character; false once all substrings are found.
  bool step(size_t work);

  /// What was found, ascending by the order of their characters.
  const std::vector<RepeatedSubstring>& found() const { return found_; }

 private:
  /// Suffixes [begin, end) that have their first `depth` characters in common. Of a group that was
  /// split off for its smaller or larger next character, the node is already found.
  struct Group {
    uint32_t begin;
    uint32_t end;
    uint32_t depth;
    bool is_whole;
  };

  char32_t character(uint32_t suffix, uint32_t depth) const { return text_[suffix + depth]; }
  char32_t median(const Group& group) const;
  void split(const Group& group);

  const std::vector<char32_t>& text_;
  uint32_t max_length_;
  std::vector<uint32_t> suffixes_;
  std::vector<Group> groups_;  // still to be split, the first one last
  std::vector<RepeatedSubstring> found_;
};

}  // namespace kinvec
