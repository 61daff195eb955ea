#include "string_table.h"

#include <span>

#include "../../xxh64.h"

namespace kinvec {
namespace {

uint64_t hash_of(std::string_view text) {
  return xxh64(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace

size_t StringTable::place(std::string_view text, uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  size_t at = hash & mask;
  while (slots_[at].number != kNone &&
         (slots_[at].tag != tag || (*this)[slots_[at].number] != text)) {
    at = (at + 1) & mask;
  }
  return at;
}

uint32_t StringTable::find(std::string_view text) const {
  return slots_.empty() ? kNone : slots_[place(text, hash_of(text))].number;
}

uint32_t StringTable::add(std::string_view text) {
  if (slots_.size() <= 2 * size()) grow();
  const uint64_t hash = hash_of(text);
  Slot& slot = slots_[place(text, hash)];
  if (slot.number == kNone) {
    slot = {static_cast<uint32_t>(size()), static_cast<uint32_t>(hash >> 32)};
    bytes_.append(text);
    starts_.push_back(static_cast<uint32_t>(bytes_.size()));
  }
  return slot.number;
}

void StringTable::grow() {
  constexpr size_t kFewestSlots = 64;
  slots_.assign(slots_.empty() ? kFewestSlots : 2 * slots_.size(), Slot{});
  for (uint32_t i = 0; i < size(); ++i) {
    const uint64_t hash = hash_of((*this)[i]);
    slots_[place((*this)[i], hash)] = {i, static_cast<uint32_t>(hash >> 32)};
  }
}

}  // namespace kinvec
