#include "tokenizer.h"

#include <utility>

#include "../unicode/utf8.h"
#include "bert_pre_tokenizer.h"

namespace kinvec {
namespace {

/// UTF-16 positions of byte positions that mostly ascend.
class Utf16Position {
 public:
  explicit Utf16Position(std::string_view text) : text_(text) {}

  uint32_t at(uint32_t byte) {
    if (byte < byte_) units_ -= count(byte, byte_);
    if (byte > byte_) units_ += count(byte_, byte);
    byte_ = byte;
    return units_;
  }

  /// Takes over a position that is known.
  void set(uint32_t byte, uint32_t units) {
    byte_ = byte;
    units_ = units;
  }

 private:
  uint32_t count(uint32_t begin, uint32_t end) const {
    uint32_t units = 0;
    for (const char *at = text_.data() + begin, *stop = text_.data() + end; at < stop;) {
      const Utf8Character character = decode_utf8(at, stop);
      units += character.utf16_length();
      at += character.length;
    }
    return units;
  }

  std::string_view text_;
  uint32_t byte_ = 0;
  uint32_t units_ = 0;
};

Error outside_vocabulary(const char* what, int32_t id) {
  return {ErrorCode::kModelFormat,
          std::string("the tokenizer's ") + what + " id " + std::to_string(id) +
              " lies outside its vocabulary",
          -1};
}

}  // namespace

Result<Tokenizer> Tokenizer::from_gguf(const Gguf& gguf) {
  auto config = read_tokenizer_config(gguf);
  if (!config) return config.error();
  return from_config(std::move(*config));
}

Result<Tokenizer> Tokenizer::from_config(TokenizerConfig config) {
  const size_t size = config.vocabulary.size();
  if (size == 0 || size >= PieceTable::kMaxTokens) {
    return Error{ErrorCode::kModelFormat,
                 "a vocabulary of " + std::to_string(size) + " tokens cannot be used", -1};
  }
  const auto known = [size](int32_t id) { return id >= 0 && static_cast<size_t>(id) < size; };
  if (!known(config.wordpiece.unknown_id)) {
    return outside_vocabulary("unknown token", config.wordpiece.unknown_id);
  }
  for (const auto* ids : {&config.special_tokens.prefix, &config.special_tokens.suffix}) {
    for (const int32_t id : *ids) {
      if (!known(id)) return outside_vocabulary("special token", id);
    }
  }
  for (const AddedToken& token : config.added_tokens) {
    if (!known(token.id)) return outside_vocabulary("added token", token.id);
  }

  Tokenizer tokenizer(BertNormalizer(config.normalizer),
                      WordPiece(std::move(config.vocabulary), std::move(config.wordpiece)),
                      std::move(config.special_tokens));
  if (auto added = tokenizer.add_tokens(config.added_tokens); !added) return added.error();
  return tokenizer;
}

Result<void> Tokenizer::add_tokens(const std::vector<AddedToken>& tokens) {
  MarkRun marks;
  NormalizedText normalized;
  for (const AddedToken& added : tokens) {
    std::string content = token(added.id);
    if (!is_well_formed_utf8(content)) {
      return Error{ErrorCode::kModelFormat,
                   "added token " + std::to_string(added.id) + " is no valid UTF-8", added.id};
    }
    const bool is_normalized = (added.flags & AddedToken::kNormalized) != 0;
    if (is_normalized) {
      normalizer_.normalize(content, 0, marks, normalized);
      content = normalized.text();
    }
    if (content.empty()) {
      return Error{ErrorCode::kUnsupportedTokenizer,
                   "added token " + std::to_string(added.id) + " is empty, so it cannot be found",
                   added.id};
    }
    (is_normalized ? normalized_tokens_ : raw_tokens_).add(std::move(content), added);
  }
  raw_tokens_.finish();
  normalized_tokens_.finish();
  return {};
}

Tokenizer::Tokenizer(BertNormalizer normalizer, WordPiece model, TemplateProcessor special_tokens)
    : normalizer_(normalizer),
      model_(std::move(model)),
      special_tokens_(std::move(special_tokens)) {}

void Tokenizer::encode(std::string_view utf8, const EncodeOptions& options, Encoding& out) const {
  TokenizerScratch& scratch = out.scratch;
  TokenSink sink = special_tokens_.begin(options, out);
  raw_tokens_.split(utf8, scratch.fragments);
  Utf16Position position(utf8);
  for (const Fragment& fragment : scratch.fragments) {
    const uint32_t begin = position.at(fragment.begin);
    if (fragment.id >= 0) {
      const uint32_t end = position.at(fragment.end);
      sink.add(fragment.id, static_cast<int32_t>(begin), static_cast<int32_t>(end));
    } else {
      const std::string_view text = utf8.substr(fragment.begin, fragment.end - fragment.begin);
      position.set(fragment.end, encode_text(text, begin, scratch, sink));
    }
  }
  special_tokens_.end(options, out);
}

uint32_t Tokenizer::encode_text(std::string_view text, uint32_t source, TokenizerScratch& scratch,
                                TokenSink& sink) const {
  NormalizedText& normalized = scratch.normalized;
  const uint32_t end = normalizer_.normalize(text, source, scratch.marks, normalized);
  if (normalized.text().empty()) return end;
  AlignmentCursor cursor(normalized);
  if (normalized_tokens_.empty()) {
    const auto size = static_cast<uint32_t>(normalized.text().size());
    encode_words(normalized, {0, size, -1}, cursor, scratch.pieces, sink);
    return end;
  }
  normalized_tokens_.split(normalized.text(), scratch.normalized_fragments);
  for (const Fragment& part : scratch.normalized_fragments) {
    if (part.id >= 0) {
      const int32_t begin = cursor.begin_of(part.begin);
      sink.add(part.id, begin, cursor.end_of(part.end - 1));
    } else {
      encode_words(normalized, part, cursor, scratch.pieces, sink);
    }
  }
  return end;
}

void Tokenizer::encode_words(const NormalizedText& normalized, Fragment part,
                             AlignmentCursor& cursor, std::vector<Piece>& pieces,
                             TokenSink& sink) const {
  const std::string_view text = normalized.text().substr(part.begin, part.end - part.begin);
  BertWords words(text);
  Word word;
  while (words.next(word)) {
    model_.tokenize(text.substr(word.begin, word.end - word.begin), pieces);
    const uint32_t base = part.begin + word.begin;
    for (const Piece& piece : pieces) {
      const int32_t begin = cursor.begin_of(base + piece.begin);
      sink.add(piece.id, begin, cursor.end_of(base + piece.end - 1));
    }
  }
}

std::string Tokenizer::token(int32_t id) const {
  if (id < 0 || static_cast<size_t>(id) >= vocab_size()) return {};
  return std::string(model_.vocabulary().token(id));
}

}  // namespace kinvec
