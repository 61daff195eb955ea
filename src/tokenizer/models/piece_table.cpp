#include "piece_table.h"

#include <algorithm>

namespace kinvec {

void PieceTable::build(const Vocabulary& vocabulary, std::string_view continuing_prefix) {
  prefix_size_ = continuing_prefix.size();
  const auto size = static_cast<int32_t>(vocabulary.size());
  const auto continues = [&](int32_t id) {
    return vocabulary.token(id).starts_with(continuing_prefix);
  };
  size_t entries = vocabulary.size();
  for (int32_t id = 0; id < size; ++id) entries += continues(id) ? 1 : 0;

  // At most half full, so that most misses end at the first slot.
  slots_.assign(std::bit_ceil(2 * entries + 1), kEmpty);
  mask_ = static_cast<uint32_t>(slots_.size() - 1);
  longest_[0] = longest_[1] = 0;
  for (int32_t id = 0; id < size; ++id) {
    enter(vocabulary, id, false);
    if (continues(id)) enter(vocabulary, id, true);
  }
}

void PieceTable::enter(const Vocabulary& vocabulary, int32_t id, bool continuing) {
  const std::string_view text = vocabulary.token(id).substr(continuing ? prefix_size_ : 0);
  if (text.empty()) return;
  PieceHash hash = PieceHash::start(continuing);
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) hash = hash.add(text.data() + at);
  const uint64_t full = hash.finish(text.data() + at, text.size() - at);

  const int32_t known = find(vocabulary, continuing, text, full);
  uint32_t place = place_of(full);
  while (
      slots_[place] != kEmpty &&
      (known < 0 || slots_[place] != (tag_of(full, continuing) | static_cast<uint32_t>(known)))) {
    place = (place + 1) & mask_;
  }
  slots_[place] = tag_of(full, continuing) | static_cast<uint32_t>(id);
  size_t& longest = longest_[continuing ? 1 : 0];
  longest = std::max(longest, text.size());
}

}  // namespace kinvec
