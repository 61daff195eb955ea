// Text to token ids and back, exactly as the reference tokenizer of a model does it.
//
// The stages, a folder each: added tokens are cut out of the raw text, normalizers rewrite the
// rest, pre-tokenizers split it into words, a model turns words into tokens, and a post-processor
// truncates and adds the special tokens; decoders lead back. Tokenizers know no tensor and no
// encoder.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "added_tokens.h"
#include "encoding.h"
#include "text_pipeline.h"
#include "token_sequence.h"
#include "tokenizer_parts.h"

namespace kinvec {

/// Working memory of a tokenizer, made by it. It may remember words, so it is worth keeping.
struct TokenizerScratch {
  TextScratch text;
  std::vector<Fragment> fragments;             // of the raw text
  std::vector<Fragment> normalized_fragments;  // of one normalized fragment
  NormalizedText whole;                        // that fragment, where it has to be cut
  std::vector<Piece> pieces;                   // of one word
  std::unique_ptr<ModelState> model;
  TokenSequence sequences[2];
  PostScratch post;
};

class Tokenizer {
 public:
  /// Builds the tokenizer that a file describes. Nothing of the file is needed afterwards.
  static Result<std::unique_ptr<Tokenizer>> from_gguf(const Gguf& gguf);

  /// Builds a tokenizer from its parts; MODEL_FORMAT where an id lies outside the vocabulary.
  static Result<std::unique_ptr<Tokenizer>> from_parts(TokenizerParts&& parts);

  std::unique_ptr<TokenizerScratch> make_scratch() const;

  /// Replaces `out` by the tokens of a text in UTF-8. Any bytes are safe: each one that is not
  /// well-formed is read as U+FFFD, one UTF-16 unit long. The text must be shorter than 1 GiB.
  /// Calls from several threads need a scratch each. INVALID_ARGUMENT or TEXT_TOO_LONG where it
  /// cannot be truncated as told.
  Result<void> encode(std::string_view utf8, const EncodeOptions& options,
                      TokenizerScratch& scratch, Encoding& out) const;

  /// The same for two texts that belong together, as a question and an answer.
  Result<void> encode_pair(std::string_view first, std::string_view second,
                           const EncodeOptions& options, TokenizerScratch& scratch,
                           Encoding& out) const;

  /// The text of token ids; ids outside the vocabulary are passed over, and special tokens if told
  /// so.
  std::string decode(std::span<const int32_t> ids, bool skip_special_tokens) const;

  /// Ids are below this; some may have no token.
  size_t vocab_size() const;
  /// The token of an id in the reference's form ("##ing"); empty for an id that has none.
  std::string_view token(int32_t id) const;
  /// The id of a token, or -1.
  int32_t id(std::string_view token) const;
  bool is_special(int32_t id) const;

  /// Special tokens put around one text or two.
  size_t n_special_tokens(bool is_pair) const { return post_processor_.n_special_tokens(is_pair); }

  const TextPipeline& pipeline() const { return pipeline_; }

 private:
  explicit Tokenizer(TokenizerParts&& parts);

  Result<void> add_tokens();
  Result<void> check_template() const;
  const AddedToken* find_added(int32_t id) const;

  /// Replaces `out` by the tokens of a text.
  void tokenize(std::string_view utf8, TokenizerScratch& scratch, TokenSequence& out) const;
  /// Adds what lies between added tokens; answers the UTF-16 unit after it.
  uint32_t add_text(std::string_view text, uint32_t source, TokenizerScratch& scratch,
                    int32_t& word_id, TokenSequence& out) const;
  void add_words(TokenizerScratch& scratch, int32_t& word_id, TokenSequence& out) const;
  void add_token(int32_t id, int32_t begin, int32_t end, int32_t word_id, std::string_view string,
                 TokenSequence& out) const;

  std::vector<AddedToken> added_tokens_;  // ascending by id
  AddedTokenSet raw_tokens_;
  AddedTokenSet normalized_tokens_;
  TextPipeline pipeline_;
  std::unique_ptr<Model> model_;
  PostProcessor post_processor_;
  std::vector<std::unique_ptr<Decoder>> decoders_;
};

}  // namespace kinvec
