// SentencePiece's character map ("precompiled_charsmap"): byte strings and what replaces them.
// Format: u32 little-endian, the bytes of the trie; the trie, a double array of u32 units (Darts);
// the replacements, each ended by a zero byte or the end of the map.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../../gguf.h"

namespace kinvec {

class CharsMap {
 public:
  /// Nothing if the map is damaged: every place that a look-up can come to is checked here.
  static std::optional<CharsMap> read(const GgufValue& bytes);

  /// What replaces the text if a string of the map begins it: the shortest one counts. The answer
  /// lies in the map.
  std::optional<std::string_view> find(std::string_view text) const;

 private:
  bool is_sound() const;

  std::vector<uint32_t> units_;
  std::string replacements_;  // UTF-8
};

}  // namespace kinvec
