// Byte-pair encoding: a word starts as its characters; of the neighbours that can merge, those of
// the lowest rank do, the leftmost first, until none can (Sennrich et al., "Neural Machine
// Translation of Rare Words with Subword Units", 2016).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "byte_tokens.h"
#include "merge_queue.h"
#include "merge_table.h"
#include "model.h"
#include "vocabulary.h"

namespace kinvec {

struct BpeOptions {
  /// As unknown_id: characters without a token are passed over.
  static constexpr int32_t kPassOver = -2;

  int32_t unknown_id = kPassOver;         // or kNoToken
  bool fuse_unknown = false;              // characters without a token, side by side, are one token
  bool byte_fallback = false;             // they become the tokens of their bytes, if those exist
  bool ignore_merges = false;             // a word that is a token stays one
  std::string continuing_subword_prefix;  // of characters that do not begin a word
  std::string end_of_word_suffix;         // of the last one
};

class BpeState;
struct WordPart;

class Bpe final : public Model {
 public:
  /// `merges`: ids of left and right tokens by rank. MODEL_FORMAT where a merge makes no token;
  /// UNSUPPORTED_TOKENIZER for byte_fallback together with a prefix or a suffix.
  static Result<std::unique_ptr<Bpe>> create(Vocabulary vocabulary, BpeOptions options,
                                             std::span<const int32_t> merges);

  static std::unique_ptr<Model> read(const Gguf& gguf, const StageFields& fields,
                                     Vocabulary&& vocabulary);

  std::unique_ptr<ModelState> make_state() const override;
  void tokenize(std::string_view word, ModelState& state,
                std::vector<Piece>& pieces) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  Bpe(Vocabulary vocabulary, BpeOptions options);

  bool can_be_cut() const;
  int32_t find_character(std::string_view character, bool is_first, bool is_last,
                         std::string& buffer) const;
  int32_t look_up(std::string_view character, bool is_first, bool is_last,
                  std::string& buffer) const;
  void add_part(const WordPart& part, BpeState& state, std::vector<Piece>& pieces) const;
  void start_symbols(const WordPart& part, BpeState& state) const;
  void scan_symbols(std::vector<Symbol>& symbols) const;

  Vocabulary vocabulary_;
  BpeOptions options_;
  MergeTable merges_;
  ByteTokens bytes_;                // none without byte_fallback
  std::array<int32_t, 128> ascii_;  // tokens of single characters inside of a word
  bool has_affixes_;
  bool has_all_bytes_;
  bool can_be_cut_ = false;
};

}  // namespace kinvec
