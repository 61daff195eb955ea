#include "metaspace.h"

#include <array>
#include <utility>

#include "../../unicode/utf8.h"

namespace kinvec {

Metaspace::Metaspace(char32_t replacement, PrependScheme scheme, bool splits)
    : scheme_(scheme), splits_(splits) {
  std::array<char, 4> bytes;
  replacement_.assign(bytes.data(), encode_utf8(replacement, bytes.data()));
}

void Metaspace::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  if (text.words.empty()) return;
  const std::string_view from = text.text.text();
  NormalizedText& to = spare.text;
  to.clear();
  spare.words.clear();
  AlignmentCursor cursor(text.text);
  const auto size = [&to] { return static_cast<uint32_t>(to.text().size()); };
  for (const Word word : text.words) {
    uint32_t begin = size();  // of the new word
    uint32_t copied = word.begin;
    const auto copy_until = [&](uint32_t at) {
      to.append(text.text, copied, at, cursor);
      copied = at;
    };
    const auto is_replacement = [&](uint32_t at) {
      return from[at] == ' ' || from.substr(at, word.end - at).starts_with(replacement_);
    };
    const SourceSpan first = cursor.span_of(word.begin);
    const bool prepends =
        scheme_ == PrependScheme::kAlways || (scheme_ == PrependScheme::kFirst && first.begin == 0);
    if (prepends && !is_replacement(word.begin)) to.append(replacement_, first);
    for (uint32_t at = word.begin; at < word.end; ++at) {
      if (from[at] != ' ' && from[at] != replacement_[0]) continue;
      if (!is_replacement(at)) continue;
      copy_until(at);
      if (splits_ && at > word.begin) {
        spare.words.push_back({begin, size()});
        begin = size();
      }
      if (from[at] == ' ') {
        to.append(replacement_, cursor.span_of(at));
        copied = at + 1;
      }
    }
    copy_until(word.end);
    spare.words.push_back({begin, size()});
  }
  std::swap(text, spare);
}

}  // namespace kinvec
