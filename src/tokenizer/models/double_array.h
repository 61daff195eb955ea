// A trie of byte strings as a double array with one 32-bit unit per node (Aoe, "An Efficient
// Digital Search Algorithm by Using a Double-Array Structure", 1989): all pieces that begin at a
// place of a text are found in one walk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vocabulary.h"

namespace kinvec {

class DoubleArray {
 public:
  /// Enters all tokens of a vocabulary, which must be well-formed UTF-8. Of equal ones the last id
  /// counts. False if they need more than 2^23 units.
  bool build(const Vocabulary& vocabulary);

  /// A walk from the root, byte by byte.
  class Walk {
   public:
    explicit Walk(const DoubleArray& trie) : units_(trie.units_.data()), unit_(units_[0]) {}

    /// Follows a byte; false if no string goes on with it.
    bool advance(char byte) {
      const auto label = static_cast<uint8_t>(byte);
      unit_ = units_[base_of(unit_) ^ label];
      return (unit_ & kLabelMask) == label;
    }

    /// Whether a string ends here, and which.
    bool ends_token() const { return (unit_ & kEndsToken) != 0; }
    int32_t id() const { return static_cast<int32_t>(units_[base_of(unit_) ^ kValueLabel] >> 8); }

   private:
    const uint32_t* units_;
    uint32_t unit_;
  };

 private:
  friend class DoubleArrayBuilder;

  // A node: its label in the low byte, whether a token ends at it, and above its base. The child
  // with a label is unit base ^ label. No two nodes have the same base, so a unit with the right
  // label is the right child. The id of a token is a child too, under a label that is no byte of
  // UTF-8; that is also the label of free units.
  static constexpr uint32_t kLabelMask = 0xFF;
  static constexpr uint32_t kEndsToken = 0x100;
  static constexpr uint32_t kValueLabel = 0xFF;
  static constexpr uint32_t kBaseShift = 9;
  static constexpr size_t kMostUnits = size_t{1} << (32 - kBaseShift);

  static uint32_t base_of(uint32_t unit) { return unit >> kBaseShift; }

  std::vector<uint32_t> units_;
};

}  // namespace kinvec
