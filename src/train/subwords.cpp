#include "subwords.h"

#include <string>

namespace kinvec {

namespace {

/// Whether the byte goes on a character rather than beginning one.
bool continues(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace

uint32_t subword_hash(std::string_view utf8) {
  uint32_t hash = 2166136261;
  for (const char byte : utf8) {
    hash = (hash ^ static_cast<uint32_t>(static_cast<int8_t>(byte))) * 16777619;
  }
  return hash;
}

void append_subwords(std::string_view word, const SubwordOptions& options,
                     std::vector<uint32_t>& buckets) {
  if (word == "</s>") return;
  const std::string marked = "<" + std::string(word) + ">";
  for (size_t begin = 0; begin < marked.size(); ++begin) {
    if (continues(marked[begin])) continue;
    size_t end = begin;
    for (uint32_t n = 1; n <= options.maxn && end < marked.size(); ++n) {
      ++end;
      while (end < marked.size() && continues(marked[end])) ++end;
      const bool is_mark = n == 1 && (begin == 0 || end == marked.size());
      if (n < options.minn || is_mark) continue;
      const std::string_view ngram(marked.data() + begin, end - begin);
      buckets.push_back(subword_hash(ngram) % options.buckets);
    }
  }
}

}  // namespace kinvec
