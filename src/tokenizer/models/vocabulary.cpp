#include "vocabulary.h"

namespace kinvec {

void Vocabulary::reserve(size_t tokens, size_t bytes) {
  starts_.reserve(tokens + 1);
  bytes_.reserve(bytes + kSlack);
}

void Vocabulary::add(std::string_view prefix, std::string_view text) {
  if (bytes_.size() >= kSlack) bytes_.resize(bytes_.size() - kSlack);
  bytes_.append(prefix).append(text);
  starts_.push_back(static_cast<uint32_t>(bytes_.size()));
  bytes_.append(kSlack, '\0');
}

int32_t Vocabulary::find(std::string_view text) const {
  for (auto id = static_cast<int32_t>(size()) - 1; id >= 0; --id) {
    if (token(id) == text) return id;
  }
  return -1;
}

}  // namespace kinvec
