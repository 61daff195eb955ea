#include "chars_map.h"

#include <cstring>

#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

// A unit is a node: its label, whether a string ends at it, and how far off its children are. The
// place of a node changed by its offset is that of its value; changed by a label too, of a child.
// The unit of a value has the highest bit set.
constexpr uint32_t kIsValue = 1u << 31;
constexpr uint32_t kLabelMask = kIsValue | 0xFF;
constexpr uint32_t kHasValue = 1u << 8;

uint32_t offset_of(uint32_t unit) { return (unit >> 10) << ((unit & 1u << 9) >> 6); }

uint32_t read_u32(const GgufValue& bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value |= static_cast<uint32_t>(bytes.int_at(at + i)) << 8 * i;
  return value;
}

}  // namespace

std::optional<CharsMap> CharsMap::read(const GgufValue& bytes) {
  if (bytes.type() != GgufType::kUint8 || bytes.size() < 4) return std::nullopt;
  const uint32_t trie_size = read_u32(bytes, 0);
  if (trie_size == 0 || trie_size % 4 != 0 || trie_size > bytes.size() - 4) return std::nullopt;

  CharsMap map;
  map.units_.resize(trie_size / 4);
  for (size_t i = 0; i < map.units_.size(); ++i) map.units_[i] = read_u32(bytes, 4 + 4 * i);
  map.replacements_.resize(bytes.size() - 4 - trie_size);
  for (size_t i = 0; i < map.replacements_.size(); ++i) {
    map.replacements_[i] = static_cast<char>(bytes.int_at(4 + trie_size + i));
  }
  if (!map.is_sound()) return std::nullopt;
  return map;
}

bool CharsMap::is_sound() const {
  if (!is_well_formed_utf8(replacements_)) return false;
  for (size_t i = 0; i < units_.size(); ++i) {
    const uint32_t unit = units_[i];
    if ((unit & kIsValue) != 0) {
      if (i == 0) return false;
      continue;
    }
    const size_t children = i ^ offset_of(unit);
    if ((children | 0xFF) >= units_.size()) return false;
    if ((unit & kHasValue) == 0) continue;
    const uint32_t value = units_[children] & ~kIsValue;
    if (value > replacements_.size()) return false;
    if (value < replacements_.size() && is_utf8_continuation(replacements_[value])) return false;
  }
  return true;
}

std::optional<std::string_view> CharsMap::find(std::string_view text) const {
  uint32_t place = offset_of(units_[0]);
  for (const char byte : text) {
    const auto label = static_cast<uint8_t>(byte);
    if (label == 0) break;
    place ^= label;
    const uint32_t unit = units_[place];
    if ((unit & kLabelMask) != label) break;
    place ^= offset_of(unit);
    if ((unit & kHasValue) == 0) continue;
    const char* const begin = replacements_.c_str() + (units_[place] & ~kIsValue);
    return std::string_view(begin, std::strlen(begin));
  }
  return std::nullopt;
}

}  // namespace kinvec
