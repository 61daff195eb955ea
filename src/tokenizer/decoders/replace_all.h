// Replacing every occurrence of a string by another, from the left.
#pragma once

#include <string>
#include <string_view>

namespace kinvec {

/// `pattern` must not be empty.
inline std::string replace_all(std::string_view text, std::string_view pattern,
                               std::string_view replacement) {
  std::string out;
  for (;;) {
    const size_t at = text.find(pattern);
    if (at == std::string_view::npos) break;
    out += text.substr(0, at);
    out += replacement;
    text.remove_prefix(at + pattern.size());
  }
  out += text;
  return out;
}

}  // namespace kinvec
