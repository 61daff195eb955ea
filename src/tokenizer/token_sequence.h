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

struct SequenceToken {
  int32_t id;
  int32_t begin;  // UTF-16 units of the text
  int32_t end;
  int32_t word_id;
};

struct TokenSequence {
  std::vector<SequenceToken> tokens;  // [n]
  std::vector<SpaceCounts> spaces;    // [n] where offsets are to be trimmed, else empty
  bool has_no_token = false;  // a part of the text has no token, and the model no unknown token

  size_t size() const { return tokens.size(); }
  void clear() {
    tokens.clear();
    spaces.clear();
    has_no_token = false;
  }
};

/// Tokens [begin, end) of a sequence.
struct TokenRange {
  size_t begin;
  size_t end;
};

}  // namespace kinvec
