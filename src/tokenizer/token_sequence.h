// The tokens of one text as the model gives them, before truncation and special tokens.
#pragma once

#include <cstdint>
#include <vector>

namespace kinvec {

/// White space at the ends of a token's own string, in characters.
struct SpaceCounts {
  uint32_t leading;
  uint32_t trailing;
};

struct TokenSequence {
  std::vector<int32_t> ids;         // [n]
  std::vector<int32_t> offsets;     // [2 * n] UTF-16 units
  std::vector<int32_t> word_ids;    // [n]
  std::vector<SpaceCounts> spaces;  // [n] where offsets are to be trimmed, else empty
  bool has_no_token = false;  // a part of the text has no token, and the model no unknown token

  size_t size() const { return ids.size(); }
  void clear() {
    ids.clear();
    offsets.clear();
    word_ids.clear();
    spaces.clear();
    has_no_token = false;
  }
  void add(int32_t id, int32_t begin, int32_t end, int32_t word_id) {
    ids.push_back(id);
    offsets.push_back(begin);
    offsets.push_back(end);
    word_ids.push_back(word_id);
  }
};

/// Tokens [begin, end) of a sequence.
struct TokenRange {
  size_t begin;
  size_t end;
};

}  // namespace kinvec
