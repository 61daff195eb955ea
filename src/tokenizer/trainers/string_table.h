// A set of strings, numbered in the order in which they were added, end to end in one block.
// Trainers keep words, characters and tokens in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kinvec {

class StringTable {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  /// The number of `text`, which is added if it is new.
  uint32_t add(std::string_view text);

  /// The number of `text`, or kNone.
  uint32_t find(std::string_view text) const;

  /// String `i`; valid until the next one is added.
  std::string_view operator[](uint32_t i) const {
    return {bytes_.data() + starts_[i], starts_[i + 1] - starts_[i]};
  }

  size_t size() const { return starts_.size() - 1; }
  /// Bytes of all strings together.
  size_t n_bytes() const { return bytes_.size(); }

 private:
  struct Slot {
    uint32_t number = kNone;
    uint32_t tag = 0;  // high half of the hash: most strings are told apart without their bytes
  };

  /// The slot of `text`, or the empty one where it belongs.
  size_t place(std::string_view text, uint64_t hash) const;
  void grow();

  std::string bytes_;
  std::vector<uint32_t> starts_{0};  // [size + 1] of each string, then the end of the last
  std::vector<Slot> slots_;          // open addressing, a power of two, at most half full
};

}  // namespace kinvec
