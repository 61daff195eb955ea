// Text to token ids, exactly as the reference tokenizer of the model does it.
//
// The stages, one file each: added tokens are cut out of the raw text, a normalizer rewrites the
// rest, a pre-tokenizer splits it into words, a model turns words into tokens, and a post-processor
// truncates and adds the special tokens. Tokenizers know no tensor and no encoder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "encoding.h"
#include "tokenizer_config.h"

namespace kinvec {

class Tokenizer {
 public:
  /// Builds the tokenizer that a model file describes. Nothing of the file is needed afterwards.
  static Result<Tokenizer> from_gguf(const Gguf& gguf);

  /// Builds a tokenizer from its parts; MODEL_FORMAT where an id lies outside the vocabulary.
  static Result<Tokenizer> from_config(TokenizerConfig config);

  /// Replaces `out` by the tokens of a text in UTF-8, in time linear in its length. Any bytes are
  /// safe: each one that is not well-formed is read as U+FFFD, one UTF-16 unit long. The text must
  /// be shorter than 1 GiB. Calls from several threads need an Encoding each.
  void encode(std::string_view utf8, const EncodeOptions& options, Encoding& out) const;

  size_t vocab_size() const { return model_.vocabulary().size(); }

  /// The token of an id in the reference's form ("##ing"); empty for an id outside the vocabulary.
  std::string token(int32_t id) const;

 private:
  Tokenizer(BertNormalizer normalizer, WordPiece model, TemplateProcessor special_tokens);

  Result<void> add_tokens(const std::vector<AddedToken>& tokens);

  /// Encodes what lies between added tokens; answers the UTF-16 unit after it.
  uint32_t encode_text(std::string_view text, uint32_t source, TokenizerScratch& scratch,
                       TokenSink& sink) const;
  void encode_words(const NormalizedText& normalized, Fragment part, AlignmentCursor& cursor,
                    std::vector<Piece>& pieces, TokenSink& sink) const;

  AddedTokenSet raw_tokens_;
  AddedTokenSet normalized_tokens_;
  BertNormalizer normalizer_;
  WordPiece model_;
  TemplateProcessor special_tokens_;
};

}  // namespace kinvec
