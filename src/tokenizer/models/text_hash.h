// Hashing and comparing short texts eight bytes at a time: of what WordPiece, word caches and
// vocabularies look up, most fits into one or two steps. Eight bytes after a text must be readable.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kinvec {

static_assert(std::endian::native == std::endian::little, "chunks put the first byte lowest");

/// The 8 bytes at `text` as one number.
inline uint64_t load_chunk(const char* text) {
  uint64_t chunk;
  std::memcpy(&chunk, text, sizeof(chunk));
  return chunk;
}

/// The first `count` < 8 bytes at `text` as one number; the rest is zero.
inline uint64_t load_last_chunk(const char* text, size_t count) {
  return load_chunk(text) & ((uint64_t{1} << (8 * count)) - 1);
}

/// Spreads the bits of a number over all bits of the answer.
inline uint64_t mix(uint64_t number) {
  number *= 0xFF51AFD7ED558CCDu;
  return number ^ number >> 32;
}

/// Hash of a byte string. The state after n full chunks serves every longer prefix of a text.
struct TextHash {
  uint64_t state;

  static TextHash start() { return {0x9E3779B97F4A7C15u}; }

  /// Adds the 8 bytes at `text`.
  TextHash add(const char* text) const { return {mix(state ^ load_chunk(text))}; }

  /// The hash with the last 0 to 7 bytes at `text`.
  uint64_t finish(const char* text, size_t count) const {
    // The count keeps texts apart that differ in trailing NUL bytes.
    return mix(mix(state ^ load_last_chunk(text, count) ^ uint64_t{count} << 56));
  }
};

inline uint64_t hash_text(std::string_view text) {
  TextHash hash = TextHash::start();
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) hash = hash.add(text.data() + at);
  return hash.finish(text.data() + at, text.size() - at);
}

/// A call of memcmp costs more than it compares.
inline bool equal_texts(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t at = 0;
  for (; at + 8 <= a.size(); at += 8) {
    if (load_chunk(a.data() + at) != load_chunk(b.data() + at)) return false;
  }
  const size_t rest = a.size() - at;
  return load_last_chunk(a.data() + at, rest) == load_last_chunk(b.data() + at, rest);
}

}  // namespace kinvec
