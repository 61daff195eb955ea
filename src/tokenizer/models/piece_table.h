// Hash table from the bytes of a piece to its id, for longest-match search in WordPiece.
// Open addressing in one array of 32-bit slots; it keeps no strings, the vocabulary has them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "vocabulary.h"

namespace kinvec {

static_assert(std::endian::native == std::endian::little, "chunks put the first byte lowest");

/// The 8 bytes at `text` as one number.
inline uint64_t load_chunk(const char* text) {
  uint64_t chunk;
  std::memcpy(&chunk, text, sizeof(chunk));
  return chunk;
}
/// Covers the first `count` < 8 bytes of a chunk.
inline uint64_t chunk_mask(size_t count) { return (uint64_t{1} << (8 * count)) - 1; }

/// Hash of a byte string, eight bytes at a time. The state after n full chunks serves every longer
/// prefix of the same text.
struct PieceHash {
  uint64_t state;

  static PieceHash start(bool continuing) {
    return {continuing ? 0x9E3779B97F4A7C15u : 0xD1B54A32D192ED03u};
  }

  /// Adds the 8 bytes at `text`.
  PieceHash add(const char* text) const { return {mix(state ^ load_chunk(text))}; }

  /// The hash with the last 0 to 7 bytes at `text`, of which 8 must be readable.
  uint64_t finish(const char* text, size_t count) const {
    // The count keeps texts apart that differ in trailing NUL bytes.
    return mix(mix(state ^ (load_chunk(text) & chunk_mask(count)) ^ uint64_t{count} << 56));
  }

 private:
  static uint64_t mix(uint64_t h) {
    h *= 0xFF51AFD7ED558CCDu;
    return h ^ h >> 32;
  }
};

class PieceTable {
 public:
  /// Enters every token of the vocabulary as the start of a word and, without its prefix, those
  /// with the continuing-subword prefix as the inside of one. Of equal tokens the last id counts.
  void build(const Vocabulary& vocabulary, std::string_view continuing_prefix);

  /// Id of the piece `text` with the given hash, or -1. Eight bytes after it must be readable.
  int32_t find(const Vocabulary& vocabulary, bool continuing, std::string_view text,
               uint64_t hash) const {
    for (uint32_t place = place_of(hash);; place = (place + 1) & mask_) {
      const uint32_t slot = slots_[place];
      if (slot == kEmpty) return -1;
      if ((slot & kTagMask) != tag_of(hash, continuing)) continue;
      const auto id = static_cast<int32_t>(slot & kIdMask);
      if (equal(vocabulary.token(id).substr(continuing ? prefix_size_ : 0), text)) return id;
    }
  }

  /// Longest piece in bytes.
  size_t longest(bool continuing) const { return longest_[continuing ? 1 : 0]; }

  /// Ids must be below this.
  static constexpr uint32_t kMaxTokens = (1u << 22) - 1;

 private:
  static constexpr uint32_t kIdMask = kMaxTokens;
  static constexpr uint32_t kTagMask = ~kIdMask;
  static constexpr uint32_t kContinuing = 1u << 22;
  static constexpr uint32_t kEmpty = 0xFFFFFFFF;

  /// Equality by chunks: a call of memcmp costs more than it compares.
  static bool equal(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    size_t at = 0;
    for (; at + 8 <= a.size(); at += 8) {
      if (load_chunk(a.data() + at) != load_chunk(b.data() + at)) return false;
    }
    const uint64_t difference = load_chunk(a.data() + at) ^ load_chunk(b.data() + at);
    return (difference & chunk_mask(a.size() - at)) == 0;
  }

  uint32_t place_of(uint64_t hash) const { return static_cast<uint32_t>(hash) & mask_; }
  static uint32_t tag_of(uint64_t hash, bool continuing) {
    const auto high = static_cast<uint32_t>(hash >> 32) & kTagMask & ~kContinuing;
    return high | (continuing ? kContinuing : 0);
  }
  void enter(const Vocabulary& vocabulary, int32_t id, bool continuing);

  std::vector<uint32_t> slots_;  // id in the low 22 bits, kind in the next one, hash above
  uint32_t mask_ = 0;
  size_t prefix_size_ = 0;
  size_t longest_[2] = {0, 0};  // [start of a word, inside]
};

}  // namespace kinvec
