#include "replace.h"

#include <string>

#include "../../concat.h"
#include "../../unicode/utf8.h"
#include "../patterns/pattern.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

/// The occurrences of a string, from left to right.
class LiteralSearch {
 public:
  LiteralSearch(const std::string& literal, std::string_view text)
      : literal_(literal), text_(text) {}

  bool next() {
    const size_t found = text_.find(literal_, end_);
    if (found == std::string_view::npos) return false;
    begin_ = found;
    end_ = found + literal_.size();
    return true;
  }

  const char* match_begin() const { return text_.data() + begin_; }
  const char* match_end() const { return text_.data() + end_; }

 private:
  const std::string& literal_;
  std::string_view text_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

/// The content stands for what the last character of its match stands for.
template <class Search>
void replace_matches(Search search, std::string_view content, NormalizedText& text,
                     NormalizedText& spare) {
  if (!search.next()) return;
  const char* const begin = text.text().data();
  const auto place = [begin](const char* at) { return static_cast<uint32_t>(at - begin); };
  TextRewriter rewriter(text, spare);
  do {
    rewriter.keep_until(place(search.match_begin()));
    rewriter.remove_until(place(search.match_end()));
    rewriter.insert(content);
  } while (search.next());
  rewriter.keep_until(static_cast<uint32_t>(text.text().size()));
  rewriter.finish();
}

class ReplaceString final : public Normalizer {
 public:
  ReplaceString(std::string_view literal, std::string_view content)
      : literal_(literal), content_(content) {}

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    replace_matches(LiteralSearch(literal_, text.text()), content_, text, spare);
  }

 private:
  std::string literal_;
  std::string content_;
};

PatternSearch search_in(const Pattern& pattern, std::string_view text) {
  PatternSearch search(pattern);
  search.start(text);
  return search;
}

class ReplaceRegex final : public Normalizer {
 public:
  ReplaceRegex(Pattern pattern, std::string_view content)
      : pattern_(std::move(pattern)), content_(content) {}

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    replace_matches(search_in(pattern_, text.text()), content_, text, spare);
  }

 private:
  Pattern pattern_;
  std::string content_;
};

bool matches_nothing(const Pattern& pattern) { return search_in(pattern, "").next(); }

}  // namespace

std::unique_ptr<Normalizer> read_replace(const StageFields& fields) {
  const std::string_view content = fields.get_string("content");
  if (!is_well_formed_utf8(content)) return fields.damaged("inserts what is no UTF-8");
  const StageFields pattern = fields.child("pattern");
  if (pattern.has("String")) {
    const std::string_view literal = pattern.get_string("String");
    if (!is_well_formed_utf8(literal)) return fields.damaged("replaces what is no UTF-8");
    // The reference would put the content between all characters.
    if (literal.empty()) return fields.unsupported("replaces the empty string");
    return std::make_unique<ReplaceString>(literal, content);
  }
  const std::string_view expression = pattern.get_string("Regex");
  auto regex = Pattern::regex(expression);
  if (!regex || matches_nothing(*regex)) {
    return fields.unsupported(
        concat({"replaces the regular expression ", expression, ", which is not supported"}));
  }
  return std::make_unique<ReplaceRegex>(std::move(*regex), content);
}

}  // namespace kinvec
