// The character n-grams of a word as FastText numbers them: by a hash into a fixed number of
// buckets, so that unseen words have some that are known.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kinvec {

struct SubwordOptions {
  uint32_t minn = 3;  // characters of the shortest n-gram, at least 1
  uint32_t maxn = 6;  // of the longest, at least minn
  uint32_t buckets = 2'000'000;
};

/// FNV-1a of 32 bits, but each byte is extended by its sign first.
uint32_t subword_hash(std::string_view utf8);

/// Appends the buckets of the n-grams of "<word>", from left to right and from short to long. "<"
/// and ">" alone are none, and "</s>", FastText's end of a line, has none.
void append_subwords(std::string_view word, const SubwordOptions& options,
                     std::vector<uint32_t>& buckets);

}  // namespace kinvec
