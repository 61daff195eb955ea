#include "joints.h"

#include <algorithm>
#include <bit>

#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

// 128 KiB: enough for a few surplus pairs in a hundred with the largest published vocabularies.
constexpr size_t kMostBits = 1u << 20;

char32_t first_character(std::string_view token) {
  return decode_utf8(token.data(), token.data() + token.size()).code_point;
}

char32_t last_character(std::string_view token) {
  size_t at = token.size() - 1;
  while (at > 0 && is_utf8_continuation(token[at])) --at;
  return first_character(token.substr(at));
}

}  // namespace

Joints::Joints(const MergeTable& merges, const Vocabulary& vocabulary, std::string_view prefix)
    : bits_(std::min(std::bit_ceil(8 * merges.size() + 64), kMostBits) / 64),
      mask_(64 * bits_.size() - 1) {
  merges.for_each_pair([&](int32_t left, int32_t right) {
    const std::string_view right_text = vocabulary.token(right);
    // Others are never on the right of anything.
    if (right_text.size() == prefix.size() || !right_text.starts_with(prefix)) return;
    const uint64_t bit = hash_of(last_character(vocabulary.token(left)),
                                 first_character(right_text.substr(prefix.size()))) &
                         mask_;
    bits_[bit / 64] |= uint64_t{1} << bit % 64;
  });
}

}  // namespace kinvec
