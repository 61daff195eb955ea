// The tokens that stand for single bytes, "<0x00>" to "<0xFF>", into which SentencePiece's models
// break characters that they do not have.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vocabulary.h"

namespace kinvec {

class ByteTokens {
 public:
  /// Without any token.
  ByteTokens() { ids_.fill(-1); }
  explicit ByteTokens(const Vocabulary& vocabulary);

  int32_t id(char byte) const { return ids_[static_cast<uint8_t>(byte)]; }

  /// Whether all bytes of a text have tokens.
  bool have_all(std::string_view text) const {
    for (const char byte : text) {
      if (id(byte) < 0) return false;
    }
    return true;
  }

 private:
  std::array<int32_t, 256> ids_;  // -1: none
};

}  // namespace kinvec
