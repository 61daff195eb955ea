// Unigram: of all ways to cut a word into pieces, the one with the highest sum of the pieces'
// scores (Kudo, "Subword Regularization", 2018).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "byte_tokens.h"
#include "double_array.h"
#include "model.h"
#include "vocabulary.h"

namespace kinvec {

class UnigramState;

class Unigram final : public Model {
 public:
  /// `scores`: [vocabulary.size()], finite; holes of the vocabulary may lie beyond its end.
  /// `unknown_id` may be kNoToken. MODEL_FORMAT where they do not fit one another.
  static Result<std::unique_ptr<Unigram>> create(Vocabulary vocabulary, std::vector<double> scores,
                                                 int32_t unknown_id, bool byte_fallback);

  static std::unique_ptr<Model> read(const Gguf& gguf, const StageFields& fields,
                                     Vocabulary&& vocabulary);

  std::unique_ptr<ModelState> make_state() const override;
  void tokenize(std::string_view word, ModelState& state,
                std::vector<Piece>& pieces) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  Unigram() = default;

  bool find_best_path(std::string_view word, UnigramState& state) const;
  void read_path(std::string_view word, const UnigramState& state,
                 std::vector<Piece>& pieces) const;
  void add_unknown(std::string_view word, uint32_t begin, uint32_t end,
                   std::vector<Piece>& pieces) const;

  Vocabulary vocabulary_;
  std::vector<double> scores_;  // by id
  double unknown_score_ = 0;
  int32_t unknown_id_ = kNoToken;
  ByteTokens bytes_;  // none without byte_fallback
  DoubleArray trie_;
};

}  // namespace kinvec
