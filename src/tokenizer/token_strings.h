// The strings of many tokens in one block, for those who read them outside of the core.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer.h"

namespace kinvec {

struct TokenStrings {
  std::string bytes;           // end to end
  std::vector<uint32_t> ends;  // [n] in bytes

  size_t size() const { return ends.size(); }

  void add(std::string_view token) {
    bytes.append(token);
    ends.push_back(static_cast<uint32_t>(bytes.size()));
  }

  /// Replaces the strings by those of `ids`; an id that has no token has an empty one.
  void assign(const Tokenizer& tokenizer, std::span<const int32_t> ids) {
    bytes.clear();
    ends.clear();
    for (const int32_t id : ids) add(tokenizer.token(id));
  }
};

}  // namespace kinvec
