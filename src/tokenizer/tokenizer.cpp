#include "tokenizer.h"

#include <algorithm>
#include <utility>

#include "../concat.h"
#include "../unicode/utf8.h"

namespace kinvec {
namespace {

Error outside_vocabulary(const char* what, int32_t id) {
  return format_error(
      concat({"the tokenizer's ", what, " id ", id, " lies outside its vocabulary"}));
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> Tokenizer::from_gguf(const Gguf& gguf) {
  TokenizerParts parts;
  if (auto read = read_tokenizer_parts(gguf, parts); !read) return read.error();
  return from_parts(std::move(parts));
}

Result<std::unique_ptr<Tokenizer>> Tokenizer::from_parts(TokenizerParts&& parts) {
  std::unique_ptr<Tokenizer> tokenizer(new Tokenizer(std::move(parts)));
  if (auto added = tokenizer->add_tokens(); !added) return added.error();
  if (auto fits = tokenizer->check_template(); !fits) return fits.error();
  return tokenizer;
}

Tokenizer::Tokenizer(TokenizerParts&& parts)
    : added_tokens_(std::move(parts.added_tokens)),
      pipeline_(std::move(parts.pipeline)),
      model_(std::move(parts.model)),
      post_processor_(std::move(parts.post_processor)),
      decoders_(std::move(parts.decoders)) {}

Result<void> Tokenizer::add_tokens() {
  const Vocabulary& vocabulary = model_->vocabulary();
  TextScratch scratch;
  for (AddedToken& added : added_tokens_) {
    if (added.content.empty()) {
      if (added.id < 0 || static_cast<size_t>(added.id) >= vocabulary.size()) {
        return outside_vocabulary("added token", added.id);
      }
      added.content = vocabulary.token(added.id);
    }
    std::string content = added.content;
    if (!is_well_formed_utf8(content)) {
      return format_error(concat({"added token ", added.id, " is no valid UTF-8"}), added.id);
    }
    const bool is_normalized = (added.flags & AddedToken::kNormalized) != 0;
    if (is_normalized) {
      pipeline_.normalize(content, 0, scratch);
      content = scratch.current.text.text();
      if (content != added.content) added.normalized = content;
    }
    if (content.empty()) {
      return Error{ErrorCode::kUnsupportedTokenizer,
                   concat({"added token ", added.id, " is empty, so it cannot be found"}),
                   added.id};
    }
    (is_normalized ? normalized_tokens_ : raw_tokens_).add(std::move(content), added);
  }
  raw_tokens_.finish();
  normalized_tokens_.finish();
  return {};
}

Result<void> Tokenizer::check_template() const {
  if (!post_processor_.special_tokens) return {};
  for (const auto* pieces :
       {&post_processor_.special_tokens->single, &post_processor_.special_tokens->pair}) {
    for (const TemplatePiece& piece : *pieces) {
      for (const int32_t id : piece.ids) {
        if (id < 0 || static_cast<size_t>(id) >= vocab_size()) {
          return outside_vocabulary("special token", id);
        }
      }
    }
  }
  return {};
}

std::unique_ptr<TokenizerScratch> Tokenizer::make_scratch() const {
  auto scratch = std::make_unique<TokenizerScratch>();
  scratch->model = model_->make_state();
  return scratch;
}

std::string Tokenizer::decode(std::span<const int32_t> ids, bool skip_special_tokens) const {
  std::vector<std::string> tokens;
  tokens.reserve(ids.size());
  for (const int32_t id : ids) {
    const std::string_view string = token(id);
    if (string.empty() || (skip_special_tokens && is_special(id))) continue;
    tokens.emplace_back(string);
  }
  for (const auto& decoder : decoders_) decoder->decode(tokens);
  std::string text;
  for (const std::string& part : tokens) {
    if (decoders_.empty() && !text.empty()) text += ' ';
    text += part;
  }
  return text;
}

const AddedToken* Tokenizer::find_added(int32_t id) const {
  const auto at = std::ranges::lower_bound(added_tokens_, id, {}, &AddedToken::id);
  return at != added_tokens_.end() && at->id == id ? &*at : nullptr;
}

size_t Tokenizer::vocab_size() const {
  const size_t size = model_->vocabulary().size();
  if (added_tokens_.empty()) return size;
  return std::max(size, static_cast<size_t>(added_tokens_.back().id) + 1);
}

std::string_view Tokenizer::token(int32_t id) const {
  if (const AddedToken* added = find_added(id)) {
    return added->normalized.empty() ? added->content : added->normalized;
  }
  const Vocabulary& vocabulary = model_->vocabulary();
  if (id < 0 || static_cast<size_t>(id) >= vocabulary.size()) return {};
  return vocabulary.token(id);
}

int32_t Tokenizer::id(std::string_view token) const {
  if (token.empty()) return -1;
  for (const AddedToken& added : added_tokens_) {
    if (added.content == token) return added.id;
  }
  return model_->vocabulary().find(token);
}

bool Tokenizer::is_special(int32_t id) const {
  const AddedToken* added = find_added(id);
  // The reference looks for what the token decodes to among the special tokens' contents.
  return added != nullptr && (added->flags & AddedToken::kSpecial) != 0 &&
         added->normalized.empty();
}

}  // namespace kinvec
