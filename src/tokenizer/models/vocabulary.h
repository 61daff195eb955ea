// The strings of a vocabulary by id, in the reference's form ("##ing"), end to end in one block.
// It owns its bytes and knows no tokenizer model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kinvec {

class Vocabulary {
 public:
  /// Bytes after the last token that may be read, though not used: hashing loads eight at a time.
  static constexpr size_t kSlack = 8;

  /// Most tokens that a model can have.
  static constexpr size_t kMaxTokens = (1u << 22) - 2;

  void reserve(size_t tokens, size_t bytes);

  /// Appends the token `prefix` + `text` with the next id.
  void add(std::string_view prefix, std::string_view text);

  size_t size() const { return starts_.size() - 1; }

  /// The token of an id in [0, size()).
  std::string_view token(int32_t id) const {
    return {bytes_.data() + starts_[id], starts_[id + 1] - starts_[id]};
  }

  /// The last id whose token is `text`, or -1. Linear: for use while loading.
  int32_t find(std::string_view text) const;

 private:
  std::string bytes_;
  std::vector<uint32_t> starts_{0};  // [size + 1] of each token, then the end of the last
};

}  // namespace kinvec
