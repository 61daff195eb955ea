#include "word_decoders.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "replace_all.h"

namespace kinvec {
namespace {

std::string clean_up(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> kReplacements[] = {
      {" .", "."},   {" ?", "?"},     {" !", "!"},     {" ,", ","},
      {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},   {" do not", " don't"},
      {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
  };
  for (const auto& [pattern, replacement] : kReplacements) {
    if (text.find(pattern) != std::string::npos) text = replace_all(text, pattern, replacement);
  }
  return text;
}

class WordPieceDecoder final : public Decoder {
 public:
  WordPieceDecoder(std::string prefix, bool cleanup)
      : prefix_(std::move(prefix)), cleanup_(cleanup) {}

  void decode(std::vector<std::string>& tokens) const override {
    bool first = true;
    for (std::string& token : tokens) {
      if (!first) {
        if (token.starts_with(prefix_)) {
          token.erase(0, prefix_.size());
        } else {
          token.insert(token.begin(), ' ');
        }
      }
      first = false;
      if (cleanup_) token = clean_up(std::move(token));
    }
  }

 private:
  std::string prefix_;
  bool cleanup_;
};

class BpeDecoder final : public Decoder {
 public:
  explicit BpeDecoder(std::string suffix) : suffix_(std::move(suffix)) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) {
      token = replace_all(token, suffix_, &token == &tokens.back() ? "" : " ");
    }
  }

 private:
  std::string suffix_;
};

class CtcDecoder final : public Decoder {
 public:
  CtcDecoder(std::string pad, std::string delimiter, bool cleanup)
      : pad_(std::move(pad)), delimiter_(std::move(delimiter)), cleanup_(cleanup) {}

  void decode(std::vector<std::string>& tokens) const override {
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (std::string& token : tokens) {
      token = replace_all(token, pad_, "");
      if (cleanup_) token = replace_all(clean_up(std::move(token)), delimiter_, " ");
    }
    std::erase_if(tokens, [](const std::string& token) { return token.empty(); });
  }

 private:
  std::string pad_;
  std::string delimiter_;
  bool cleanup_;
};

}  // namespace

std::unique_ptr<Decoder> make_wordpiece_decoder(std::string prefix, bool cleanup) {
  return std::make_unique<WordPieceDecoder>(std::move(prefix), cleanup);
}

std::unique_ptr<Decoder> read_wordpiece_decoder(const StageFields& fields) {
  const std::string_view prefix = fields.get_string("prefix");
  return make_wordpiece_decoder(std::string(prefix), fields.get_bool("cleanup"));
}

std::unique_ptr<Decoder> read_bpe_decoder(const StageFields& fields) {
  const std::string_view suffix = fields.get_string("suffix");
  if (suffix.empty()) return fields.unsupported("has an empty suffix");
  return std::make_unique<BpeDecoder>(std::string(suffix));
}

std::unique_ptr<Decoder> read_ctc_decoder(const StageFields& fields) {
  const std::string_view pad = fields.get_string("pad_token");
  const std::string_view delimiter = fields.get_string("word_delimiter_token");
  const bool cleanup = fields.get_bool("cleanup");
  if (pad.empty() || delimiter.empty()) return fields.unsupported("has an empty token");
  return std::make_unique<CtcDecoder>(std::string(pad), std::string(delimiter), cleanup);
}

}  // namespace kinvec
