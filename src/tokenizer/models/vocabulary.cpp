#include "vocabulary.h"

#include <algorithm>
#include <bit>

namespace kinvec {

void Vocabulary::reserve(size_t tokens, size_t bytes) {
  starts_.reserve(tokens + 1);
  bytes_.reserve(bytes + kSlack);
  resize_index(tokens);
}

void Vocabulary::add(std::string_view prefix, std::string_view text) {
  if (bytes_.size() >= kSlack) bytes_.resize(bytes_.size() - kSlack);
  bytes_.append(prefix).append(text);
  starts_.push_back(static_cast<uint32_t>(bytes_.size()));
  bytes_.append(kSlack, '\0');
  if (size() > kMaxTokens) return;
  if (slots_.size() < 2 * size()) resize_index(2 * size());
  enter(static_cast<int32_t>(size()) - 1);
}

int32_t Vocabulary::find(std::string_view text) const {
  std::string padded(text);
  padded.append(kSlack, '\0');
  const std::string_view copy(padded.data(), text.size());
  return find(copy, hash_text(copy));
}

void Vocabulary::resize_index(size_t tokens) {
  slots_.assign(std::bit_ceil(2 * std::min(tokens, kMaxTokens) + 1), kEmpty);
  const auto size = static_cast<int32_t>(std::min(this->size(), kMaxTokens));
  for (int32_t id = 0; id < size; ++id) enter(id);
}

void Vocabulary::enter(int32_t id) {
  const std::string_view text = token(id);
  if (text.empty()) return;
  longest_ = std::max(longest_, text.size());
  const uint64_t hash = hash_text(text);
  const int32_t known = find(text, hash);
  const auto slot_of = [hash](int32_t at) { return tag_of(hash) | static_cast<uint32_t>(at); };
  uint32_t place = place_of(hash);
  while (slots_[place] != kEmpty && (known < 0 || slots_[place] != slot_of(known))) {
    place = (place + 1) & mask();
  }
  slots_[place] = slot_of(id);
}

}  // namespace kinvec
