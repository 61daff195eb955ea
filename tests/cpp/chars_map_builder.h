// Writes small character maps of SentencePiece for tests.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kinvec::testing {

/// The bytes of a map that replaces each key. Its double array is roomy: the children of each node
/// have a block of 256 units to themselves.
inline std::string chars_map(const std::map<std::string, std::string>& replacements) {
  struct Node {
    uint32_t place;
    uint32_t children;
  };
  std::vector<uint32_t> units(512);
  std::map<std::string, Node> nodes{{"", {0, 256}}};
  std::string texts;
  for (const auto& [key, text] : replacements) {
    for (size_t length = 1; length <= key.size(); ++length) {
      const std::string prefix = key.substr(0, length);
      if (nodes.contains(prefix)) continue;
      const uint32_t parent = nodes[key.substr(0, length - 1)].children;
      const auto place = parent + static_cast<uint8_t>(prefix.back());
      nodes[prefix] = {place, static_cast<uint32_t>(units.size())};
      units.resize(units.size() + 256);
    }
    units[nodes[key].children] = 1u << 31 | static_cast<uint32_t>(texts.size());
    texts += text + '\0';
  }
  for (const auto& [prefix, node] : nodes) {
    const uint32_t has_value = replacements.contains(prefix) ? 1u << 8 : 0;
    const uint32_t label = prefix.empty() ? 0 : static_cast<uint8_t>(prefix.back());
    units[node.place] = (node.place ^ node.children) << 10 | has_value | label;
  }
  std::string bytes;
  const auto put = [&bytes](uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFF);
  };
  put(static_cast<uint32_t>(4 * units.size()));
  for (const uint32_t unit : units) put(unit);
  return bytes + texts;
}

}  // namespace kinvec::testing
