#include "metaspace.h"

#include <utility>

namespace kinvec {

Result<std::unique_ptr<PreTokenizer>> Metaspace::read(const StageFields& fields) {
  // "str_rep" repeats the replacement in old files; the reference passes it over.
  const auto known =
      fields.allow_only({"replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep"});
  if (!known) return known.error();
  const auto replacement = fields.get_character("replacement");
  if (!replacement) return replacement.error();
  const auto splits = fields.get_bool("split", true);
  if (!splits) return splits.error();
  const auto name = fields.get_string("prepend_scheme", "always");
  if (!name) return name.error();
  PrependScheme scheme = PrependScheme::kAlways;
  if (*name == "first") {
    scheme = PrependScheme::kFirst;
  } else if (*name == "never") {
    scheme = PrependScheme::kNever;
  } else if (*name != "always") {
    return fields.unsupported("has the prepend scheme \"" + std::string(*name) +
                              "\", which is not supported");
  }
  // From before there were schemes. The reference takes no file in which the two contradict.
  const auto add_prefix_space = fields.get_bool("add_prefix_space", true);
  if (!add_prefix_space) return add_prefix_space.error();
  if (!*add_prefix_space && scheme != PrependScheme::kNever) {
    return fields.damaged("has an \"add_prefix_space\" that contradicts its prepend scheme");
  }
  return std::unique_ptr<PreTokenizer>(
      std::make_unique<Metaspace>(*fields.get_string("replacement"), scheme, *splits));
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
