#include "word_cache.h"

namespace kinvec {
namespace {

constexpr uint64_t header_of(size_t word_size, size_t n_pieces) {
  return word_size | uint64_t{n_pieces} << 32;
}

}  // namespace

WordCache::WordCache() : slots_(kSlots) { store_.push_back(0); }

bool WordCache::find(std::string_view word, uint64_t hash, uint32_t begin,
                     std::vector<Piece>& pieces) const {
  const size_t n_chunks = word.size() / 8;
  for (auto slot = static_cast<uint32_t>(hash) % kSlots; slots_[slot] != 0;
       slot = (slot + 1) % kSlots) {
    if (((slots_[slot] ^ tag_of(hash)) & ~kPlaceMask) != 0) continue;
    const uint64_t* at = &store_[slots_[slot] & kPlaceMask];
    const uint64_t header = *at++;
    if (static_cast<uint32_t>(header) != word.size()) continue;
    size_t i = 0;
    while (i < n_chunks && at[i] == load_chunk(word.data() + 8 * i)) ++i;
    if (i < n_chunks || at[i] != load_last_chunk(word.data() + 8 * i, word.size() % 8)) continue;

    at += n_chunks + 1;
    for (const uint64_t* const end = at + (header >> 32); at < end; ++at) {
      pieces.push_back({static_cast<int32_t>(*at), begin + static_cast<uint16_t>(*at >> 32),
                        begin + static_cast<uint16_t>(*at >> 48)});
    }
    return true;
  }
  return false;
}

void WordCache::insert(std::string_view word, uint64_t hash, uint32_t begin,
                       std::span<const Piece> pieces) {
  const size_t n_chunks = word.size() / 8;
  if (n_words_ == kMostWords || store_.size() + n_chunks + 2 + pieces.size() > kStoreSize) clear();
  const auto place = static_cast<uint32_t>(store_.size());
  store_.push_back(header_of(word.size(), pieces.size()));
  for (size_t i = 0; i < n_chunks; ++i) store_.push_back(load_chunk(word.data() + 8 * i));
  store_.push_back(load_last_chunk(word.data() + 8 * n_chunks, word.size() % 8));
  for (const Piece& piece : pieces) {
    store_.push_back(static_cast<uint32_t>(piece.id) | uint64_t{piece.begin - begin} << 32 |
                     uint64_t{piece.end - begin} << 48);
  }
  auto slot = static_cast<uint32_t>(hash) % kSlots;
  while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
  slots_[slot] = tag_of(hash) | place;
  ++n_words_;
}

void WordCache::clear() {
  slots_.assign(kSlots, 0);
  store_.assign(1, 0);  // place 0 says that a slot is free
  n_words_ = 0;
}

}  // namespace kinvec
