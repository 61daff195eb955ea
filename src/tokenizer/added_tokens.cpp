#include "added_tokens.h"

#include <algorithm>
#include <utility>

#include "../sort_indices.h"
#include "../unicode/character.h"
#include "../unicode/utf8.h"

namespace kinvec {
namespace {

/// Start of the character that ends at `end` > 0.
size_t previous_character(std::string_view text, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && is_utf8_continuation(text[begin])) --begin;
  const Utf8Character character = decode_utf8(text.data() + begin, text.data() + end);
  return begin + character.length == end ? begin : end - 1;
}

char32_t character_at(std::string_view text, size_t at) {
  return decode_utf8(text.data() + at, text.data() + text.size()).code_point;
}

bool touches_word(std::string_view text, size_t begin, size_t end) {
  if (begin > 0 && is_word_character(character_at(text, previous_character(text, begin)))) {
    return true;
  }
  return end < text.size() && is_word_character(character_at(text, end));
}

size_t skip_space_back(std::string_view text, size_t end, size_t least) {
  while (end > least) {
    const size_t begin = previous_character(text, end);
    if (!is_white_space(character_at(text, begin))) break;
    end = begin;
  }
  return std::max(end, least);
}

size_t skip_space(std::string_view text, size_t at) {
  while (at < text.size()) {
    const Utf8Character character = decode_utf8(text.data() + at, text.data() + text.size());
    if (!is_white_space(character.code_point)) break;
    at += character.length;
  }
  return at;
}

}  // namespace

void AddedTokenSet::add(std::string content, AddedToken token) {
  entries_.push_back({std::move(content), std::move(token)});
}

void AddedTokenSet::finish() {
  const auto order = sorted_indices(entries_.size(), [this](uint32_t a, uint32_t b) {
    const int difference = entries_[a].content.compare(entries_[b].content);
    return difference != 0 ? difference < 0 : entries_[a].token.id < entries_[b].token.id;
  });
  std::vector<Entry> unique;
  for (const uint32_t i : order) {
    if (!unique.empty() && unique.back().content == entries_[i].content) unique.pop_back();
    unique.push_back(std::move(entries_[i]));
  }
  entries_ = std::move(unique);
  is_first_byte_.fill(false);
  for (const Entry& entry : entries_) {
    is_first_byte_[static_cast<uint8_t>(entry.content[0])] = true;
  }
}

void AddedTokenSet::split(std::string_view text, std::vector<Fragment>& fragments) const {
  fragments.clear();
  size_t done = 0;       // end of the last token
  size_t space_end = 0;  // of the white space that was last taken along
  size_t at = 0;
  const auto add = [&fragments](size_t begin, size_t end, int32_t id) {
    fragments.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end), id});
  };
  while (at < text.size()) {
    const bool candidate = is_first_byte_[static_cast<uint8_t>(text[at])];
    const Entry* entry = candidate ? longest_match(text.substr(at)) : nullptr;
    if (entry == nullptr) {
      ++at;
      continue;
    }
    const uint8_t flags = entry->token.flags;
    size_t begin = at;
    size_t end = at + entry->content.size();
    at = end;  // the reference looks inside a match no more, not even where it does not count
    if ((flags & AddedToken::kSingleWord) != 0 && touches_word(text, begin, end)) continue;
    if ((flags & AddedToken::kLstrip) != 0) begin = skip_space_back(text, begin, done);
    if ((flags & AddedToken::kRstrip) != 0) {
      // A token of white space may be found in what the one before has taken along.
      end = end < space_end ? space_end : skip_space(text, end);
      space_end = end;
    }
    if (begin >= end) continue;  // white space that the token before has taken along
    if (done < begin) add(done, begin, -1);
    add(begin, end, entry->token.id);
    done = end;
  }
  if (done < text.size()) add(done, text.size(), -1);
}

const AddedTokenSet::Entry* AddedTokenSet::longest_match(std::string_view text) const {
  // Entries that start with the same n bytes lie together: narrow the range byte by byte.
  auto first = entries_.begin();
  auto last = entries_.end();
  const Entry* longest = nullptr;
  for (size_t n = 0; n < text.size() && first != last; ++n) {
    const auto byte = static_cast<uint8_t>(text[n]);
    const auto byte_of = [n](const Entry& entry) {
      return n < entry.content.size() ? static_cast<uint8_t>(entry.content[n]) : -1;
    };
    first = std::partition_point(first, last, [&](const Entry& e) { return byte_of(e) < byte; });
    last = std::partition_point(first, last, [&](const Entry& e) { return byte_of(e) == byte; });
    if (first != last && first->content.size() == n + 1) longest = &*first;
  }
  return longest;
}

}  // namespace kinvec
