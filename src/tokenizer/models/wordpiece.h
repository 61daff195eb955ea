// WordPiece: a word becomes the longest piece from the left, then the longest continuing piece, and
// so on; if any part has no piece, the whole word is one unknown token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "piece_table.h"
#include "vocabulary.h"

namespace kinvec {

/// A token inside a word, in bytes of the word.
struct Piece {
  int32_t id;
  uint32_t begin;
  uint32_t end;
};

struct WordPieceOptions {
  int32_t unknown_id = 0;
  std::string continuing_subword_prefix = "##";
  size_t max_input_chars_per_word = 100;  // in code points; a longer word is one unknown token
};

class WordPiece {
 public:
  /// The vocabulary must hold fewer than PieceTable::kMaxTokens tokens, unknown_id among them.
  WordPiece(Vocabulary vocabulary, WordPieceOptions options);

  /// Replaces `pieces` by the tokens of a word, which must not be empty. Eight bytes after the word
  /// must be readable; their values do not matter.
  void tokenize(std::string_view word, std::vector<Piece>& pieces) const;

  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  /// The longest piece at the start of `text`: its length in bytes, or 0.
  uint32_t longest_piece(std::string_view text, bool continuing, int32_t& id) const;

  Vocabulary vocabulary_;
  WordPieceOptions options_;
  PieceTable table_;
};

}  // namespace kinvec
