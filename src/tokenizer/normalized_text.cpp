#include "normalized_text.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace kinvec {
uint32_t NormalizedText::assign(std::string_view utf8, uint32_t source) {
  clear();
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at < end) {
    const char* const stop = skip_ascii(at, end);
    if (stop > at) {
      const auto count = static_cast<size_t>(stop - at);
      reserve(count);
      std::memcpy(bytes_.get() + size_, at, count);
      runs_.push_back({static_cast<uint32_t>(size_), source, 0});
      size_ += count;
      source += static_cast<uint32_t>(count);
      at = stop;
      continue;
    }
    const Utf8Character character = decode_utf8(at, end);
    const SourceSpan span{source, character.utf16_length()};
    append(character.code_point, span);
    at += character.length;
    source += span.length;
  }
  return source;
}

void NormalizedText::append(std::string_view bytes, SourceSpan span) {
  if (bytes.empty()) return;
  reserve(bytes.size());
  std::memcpy(bytes_.get() + size_, bytes.data(), bytes.size());
  align(bytes.size(), span);
  size_ += bytes.size();
}

void NormalizedText::append(const NormalizedText& from, uint32_t begin, uint32_t end,
                            AlignmentCursor& cursor) {
  if (begin >= end) return;
  reserve(end - begin);
  std::memcpy(bytes_.get() + size_, from.bytes_.get() + begin, end - begin);
  cursor.find(begin);
  const AlignmentRun* run = cursor.at_;
  for (uint32_t at = begin; at < end;) {
    const uint32_t stop = run == cursor.last_ ? end : std::min(end, run[1].begin);
    if (run->length != 0) {
      align(stop - at, {run->source, run->length});
    } else {
      align_each(run->source + at - run->begin);
    }
    size_ += stop - at;
    at = stop;
    if (at < end) ++run;
  }
  cursor.at_ = run;
}

char* NormalizedText::clear(size_t size, size_t growth) {
  clear();
  // What no address space holds must fail to allocate, not wrap around.
  const size_t limit = std::numeric_limits<size_t>::max();
  const size_t needed = size > (limit - kSlack) / growth ? limit : size * growth + kSlack;
  if (needed > capacity_) grow(needed - kSlack);
  return bytes_.get();
}

void NormalizedText::grow(size_t more) {
  // Positions are 32 bits wide; a text beyond that must fail to allocate.
  constexpr size_t kLimit = std::numeric_limits<uint32_t>::max() - kSlack;
  const bool fits = more <= kLimit && size_ <= kLimit - more;
  const size_t needed =
      fits ? size_ + more + kSlack : static_cast<size_t>(std::numeric_limits<ptrdiff_t>::max());
  const size_t capacity = std::max(needed, std::min(2 * capacity_, kLimit));
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
  if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
  std::memset(bytes.get() + size_, 0, kSlack);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

}  // namespace kinvec
