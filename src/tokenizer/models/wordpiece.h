// WordPiece: a word becomes the longest piece from the left, then the longest continuing piece, and
// so on; if any part has no piece, the whole word is one unknown token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "vocabulary.h"

namespace kinvec {

struct WordPieceOptions {
  int32_t unknown_id = kNoToken;
  std::string continuing_subword_prefix = "##";
  size_t max_input_chars_per_word = 100;  // in code points; a longer word is one unknown token
};

class WordPiece final : public Model {
 public:
  /// The vocabulary must hold at most Vocabulary::kMaxTokens tokens.
  WordPiece(Vocabulary vocabulary, WordPieceOptions options);

  static std::unique_ptr<Model> read(const Gguf& gguf, const StageFields& fields,
                                     Vocabulary&& vocabulary);

  std::unique_ptr<ModelState> make_state() const override;
  void tokenize(std::string_view word, ModelState& state,
                std::vector<Piece>& pieces) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  /// The longest piece at the start of `text`: its length in bytes, or 0.
  uint32_t longest_piece(std::string_view text, bool continuing, int32_t& id) const;

  Vocabulary vocabulary_;
  WordPieceOptions options_;
  Vocabulary inner_;                // tokens with the continuing-subword prefix, without it
  std::vector<int32_t> inner_ids_;  // [inner_.size()] their ids
};

}  // namespace kinvec
