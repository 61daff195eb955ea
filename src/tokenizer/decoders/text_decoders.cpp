#include "text_decoders.h"

#include <string_view>
#include <utility>

#include "../../concat.h"
#include "../../unicode/utf8.h"
#include "../patterns/pattern.h"
#include "replace_all.h"

namespace kinvec {
namespace {

/// Whether `text` is one character.
bool is_character(std::string_view text) {
  if (text.empty()) return false;
  return decode_utf8(text.data(), text.data() + text.size()).length == text.size();
}

bool matches_nothing(const Pattern& pattern) {
  PatternSearch search(pattern);
  search.start("");
  return search.next();
}

class ReplaceDecoder final : public Decoder {
 public:
  ReplaceDecoder(std::string pattern, std::string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) token = replace_all(token, pattern_, content_);
  }

 private:
  std::string pattern_;
  std::string content_;
};

class ReplaceRegexDecoder final : public Decoder {
 public:
  ReplaceRegexDecoder(Pattern pattern, std::string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) {
      PatternSearch search(pattern_);
      search.start(token);
      std::string replaced;
      const char* rest = token.data();
      while (search.next()) {
        replaced.append(rest, search.match_begin());
        replaced += content_;
        rest = search.match_end();
      }
      const char* const end = token.data() + token.size();
      replaced.append(rest, end);
      token = std::move(replaced);
    }
  }

 private:
  Pattern pattern_;  // matches no empty text
  std::string content_;
};

class MetaspaceDecoder final : public Decoder {
 public:
  MetaspaceDecoder(std::string replacement, bool prepended)
      : replacement_(std::move(replacement)), prepended_(prepended) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) {
      const bool dropped = prepended_ && &token == &tokens.front();
      token = replace_all(token, replacement_, dropped ? "" : " ");
    }
  }

 private:
  std::string replacement_;
  bool prepended_;
};

class StripDecoder final : public Decoder {
 public:
  StripDecoder(std::string content, uint64_t start, uint64_t stop)
      : content_(std::move(content)), start_(start), stop_(stop) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) {
      std::string_view rest = token;
      for (uint64_t i = 0; i < start_ && rest.starts_with(content_); ++i) {
        rest.remove_prefix(content_.size());
      }
      for (uint64_t i = 0; i < stop_ && rest.ends_with(content_); ++i) {
        rest.remove_suffix(content_.size());
      }
      token = std::string(rest);
    }
  }

 private:
  std::string content_;  // one character
  uint64_t start_;
  uint64_t stop_;
};

class FuseDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::string text;
    for (const std::string& token : tokens) text += token;
    tokens.assign(1, text);
  }
};

}  // namespace

std::unique_ptr<Decoder> read_metaspace_decoder(const StageFields& fields) {
  const std::string_view replacement = fields.get_string("replacement");
  if (!is_character(replacement)) return fields.damaged("needs a replacement of one character");
  const std::string_view scheme = fields.get_string("prepend_scheme", "always");
  if (scheme != "always" && scheme != "first" && scheme != "never") {
    return fields.unsupported("has a prepend scheme that is not supported");
  }
  const bool prepended = scheme != "never";
  // Files from before there were schemes say whether a space is put before the text.
  if (!fields.get_bool("add_prefix_space", prepended) && prepended) {
    return fields.damaged("has an add_prefix_space that contradicts its prepend_scheme");
  }
  return std::make_unique<MetaspaceDecoder>(std::string(replacement), prepended);
}

std::unique_ptr<Decoder> read_replace_decoder(const StageFields& fields) {
  const std::string_view content = fields.get_string("content");
  if (fields.has("pattern.String")) {
    const std::string_view pattern = fields.get_string("pattern.String");
    if (pattern.empty()) return fields.unsupported("replaces the empty string");
    return std::make_unique<ReplaceDecoder>(std::string(pattern), std::string(content));
  }
  const std::string_view expression = fields.get_string("pattern.Regex");
  auto pattern = Pattern::regex(expression);
  if (!pattern || matches_nothing(*pattern)) {
    return fields.unsupported(
        concat({"replaces the regular expression ", expression, ", which is not supported"}));
  }
  return std::make_unique<ReplaceRegexDecoder>(std::move(*pattern), std::string(content));
}

std::unique_ptr<Decoder> read_strip_decoder(const StageFields& fields) {
  const std::string_view content = fields.get_string("content");
  if (!is_character(content)) return fields.damaged("needs a content of one character");
  const uint64_t start = fields.get_uint("start");
  const uint64_t stop = fields.get_uint("stop");
  return std::make_unique<StripDecoder>(std::string(content), start, stop);
}

std::unique_ptr<Decoder> read_fuse_decoder(const StageFields& /*fields*/) {
  return std::make_unique<FuseDecoder>();
}

}  // namespace kinvec
