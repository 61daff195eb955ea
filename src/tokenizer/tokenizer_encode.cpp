// From text to tokens: the part of Tokenizer that runs for every text.

#include <utility>

#include "../unicode/character.h"
#include "../unicode/utf8.h"
#include "tokenizer.h"

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

/// White space at the ends of a token's string, of which a byte-level alphabet writes the space
/// as U+0120.
SpaceCounts count_spaces(std::string_view token) {
  const auto is_space = [](char32_t c) { return c == 0x120 || is_white_space(c); };
  SpaceCounts counts{0, 0};
  bool leading = true;
  const char* const end = token.data() + token.size();
  for (const char* at = token.data(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    at += character.length;
    if (!is_space(character.code_point)) {
      leading = false;
      counts.trailing = 0;
      continue;
    }
    if (leading) ++counts.leading;
    ++counts.trailing;
  }
  return counts;
}

Error no_token() {
  return {ErrorCode::kInvalidArgument,
          "the text has a part that the vocabulary has no token for, and the tokenizer has no "
          "unknown token",
          -1};
}

}  // namespace

Result<void> Tokenizer::encode(std::string_view utf8, const EncodeOptions& options,
                               TokenizerScratch& scratch, Encoding& out) const {
  tokenize(utf8, scratch, scratch.sequences[0]);
  if (scratch.sequences[0].has_no_token) return no_token();
  return post_processor_.process(scratch.sequences[0], nullptr, options, scratch.post, out);
}

Result<void> Tokenizer::encode_pair(std::string_view first, std::string_view second,
                                    const EncodeOptions& options, TokenizerScratch& scratch,
                                    Encoding& out) const {
  tokenize(first, scratch, scratch.sequences[0]);
  tokenize(second, scratch, scratch.sequences[1]);
  for (const TokenSequence& sequence : scratch.sequences) {
    if (sequence.has_no_token) return no_token();
  }
  return post_processor_.process(scratch.sequences[0], &scratch.sequences[1], options, scratch.post,
                                 out);
}

void Tokenizer::tokenize(std::string_view utf8, TokenizerScratch& scratch,
                         TokenSequence& out) const {
  out.clear();
  int32_t word_id = 0;
  raw_tokens_.split(utf8, scratch.fragments);
  Utf16Position position(utf8);
  for (const Fragment& fragment : scratch.fragments) {
    const uint32_t begin = position.at(fragment.begin);
    const std::string_view text = utf8.substr(fragment.begin, fragment.end - fragment.begin);
    if (fragment.id >= 0) {
      const uint32_t end = position.at(fragment.end);
      add_token(fragment.id, static_cast<int32_t>(begin), static_cast<int32_t>(end), word_id++,
                text, out);
    } else {
      position.set(fragment.end, add_text(text, begin, scratch, word_id, out));
    }
  }
}

uint32_t Tokenizer::add_text(std::string_view text, uint32_t source, TokenizerScratch& scratch,
                             int32_t& word_id, TokenSequence& out) const {
  NormalizedText& normalized = scratch.text.current.text;
  const uint32_t end = pipeline_.normalize(text, source, scratch.text);
  if (normalized.empty()) return end;
  if (!normalized_tokens_.empty()) {
    normalized_tokens_.split(normalized.text(), scratch.normalized_fragments);
  }
  const auto& fragments = scratch.normalized_fragments;
  if (normalized_tokens_.empty() || (fragments.size() == 1 && fragments[0].id < 0)) {
    add_words(scratch, word_id, out);
    return end;
  }
  std::swap(normalized, scratch.whole);
  const NormalizedText& whole = scratch.whole;
  AlignmentCursor cursor(whole);
  for (const Fragment& part : fragments) {
    if (part.id < 0) {
      normalized.clear();
      normalized.append(whole, part.begin, part.end, cursor);
      add_words(scratch, word_id, out);
      continue;
    }
    const int32_t begin = cursor.begin_of(part.begin);
    add_token(part.id, begin, cursor.end_of(part.end - 1), word_id++,
              whole.text().substr(part.begin, part.end - part.begin), out);
  }
  return end;
}

void Tokenizer::add_words(TokenizerScratch& scratch, int32_t& word_id, TokenSequence& out) const {
  pipeline_.pre_tokenize(scratch.text);
  const PreTokenizedText& current = scratch.text.current;
  if (current.words.empty()) return;
  const Vocabulary& vocabulary = model_->vocabulary();
  const std::string_view text = current.text.text();
  // Begins and ends ascend each by themselves: many tokens may stand for the same long run.
  AlignmentCursor begins(current.text);
  AlignmentCursor ends(current.text);
  for (const Word word : current.words) {
    model_->tokenize(text.substr(word.begin, word.end - word.begin), *scratch.model,
                     scratch.pieces);
    for (const Piece& piece : scratch.pieces) {
      if (piece.id == kNoToken) {
        out.has_no_token = true;
        continue;
      }
      const int32_t begin = begins.begin_of(word.begin + piece.begin);
      const int32_t end = ends.end_of(word.begin + piece.end - 1);
      add_token(piece.id, begin, end, word_id,
                post_processor_.trimming ? vocabulary.token(piece.id) : std::string_view(), out);
    }
    ++word_id;
  }
}

void Tokenizer::add_token(int32_t id, int32_t begin, int32_t end, int32_t word_id,
                          std::string_view string, TokenSequence& out) const {
  out.tokens.push_back({id, begin, end, word_id});
  if (post_processor_.trimming) out.spaces.push_back(count_spaces(string));
}

}  // namespace kinvec
