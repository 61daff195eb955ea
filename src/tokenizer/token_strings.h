// The strings of many tokens in one block, for those who read them outside of the core.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tokenizer.h"

namespace kinvec {

struct TokenStrings {
  std::string bytes;           // end to end
  std::vector<uint32_t> ends;  // [n] in bytes

  /// Replaces the strings by those of `ids`; an id that has no token has an empty one.
  void assign(const Tokenizer& tokenizer, std::span<const int32_t> ids) {
    bytes.clear();
    ends.clear();
    for (const int32_t id : ids) {
      bytes.append(tokenizer.token(id));
      ends.push_back(static_cast<uint32_t>(bytes.size()));
    }
  }
};

}  // namespace kinvec
