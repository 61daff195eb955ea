// The strings of a vocabulary by id, in the reference's form ("##ing"), end to end in one block,
// and the way back from a string to its id. It knows no tokenizer model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text_hash.h"

namespace kinvec {

class Vocabulary {
 public:
  /// Bytes after the last token that may be read, though not used: hashing loads eight at a time.
  static constexpr size_t kSlack = 8;
  /// Tokens beyond these are not found.
  static constexpr size_t kMaxTokens = (1u << 22) - 1;

  void reserve(size_t tokens, size_t bytes);

  /// Appends the token `prefix` + `text` with the next id. An empty one only takes up an id.
  void add(std::string_view prefix, std::string_view text);

  size_t size() const { return starts_.size() - 1; }

  /// The token of an id in [0, size()).
  std::string_view token(int32_t id) const {
    return {bytes_.data() + starts_[id], starts_[id + 1] - starts_[id]};
  }

  /// The last id whose token is `text`, or -1. The second form takes the text's hash and reads
  /// eight bytes after the text.
  int32_t find(std::string_view text) const;
  int32_t find(std::string_view text, uint64_t hash) const {
    for (uint32_t place = place_of(hash); slots_[place] != kEmpty; place = (place + 1) & mask()) {
      if (((slots_[place] ^ tag_of(hash)) & ~kIdMask) != 0) continue;
      const auto id = static_cast<int32_t>(slots_[place] & kIdMask);
      if (equal_texts(token(id), text)) return id;
    }
    return -1;
  }

  /// Bytes of the longest token.
  size_t longest() const { return longest_; }

 private:
  static constexpr uint32_t kIdMask = kMaxTokens;
  static constexpr uint32_t kEmpty = 0xFFFFFFFF;

  uint32_t mask() const { return static_cast<uint32_t>(slots_.size() - 1); }
  uint32_t place_of(uint64_t hash) const { return static_cast<uint32_t>(hash) & mask(); }
  static uint32_t tag_of(uint64_t hash) { return static_cast<uint32_t>(hash >> 32) & ~kIdMask; }
  void resize_index(size_t tokens);
  void enter(int32_t id);

  std::string bytes_;
  std::vector<uint32_t> starts_{0};  // [size + 1] of each token, then the end of the last
  // Open addressing, at most half full, so that most misses end at the first slot: an id in the
  // low 22 bits, bits of its token's hash above.
  std::vector<uint32_t> slots_{kEmpty};
  size_t longest_ = 0;
};

}  // namespace kinvec
