// WordLevel: a word is one token, or the unknown token.
#pragma once

#include <vector>

#include "model.h"
#include "vocabulary.h"

namespace kinvec {

class WordLevel final : public Model {
 public:
  /// `unknown_id` may be kNoToken.
  WordLevel(Vocabulary vocabulary, int32_t unknown_id)
      : vocabulary_(std::move(vocabulary)), unknown_id_(unknown_id) {}

  static std::unique_ptr<Model> read(const Gguf& gguf, const StageFields& fields,
                                     Vocabulary&& vocabulary);

  std::unique_ptr<ModelState> make_state() const override;
  void tokenize(std::string_view word, ModelState& state,
                std::vector<Piece>& pieces) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  Vocabulary vocabulary_;
  int32_t unknown_id_;
};

}  // namespace kinvec
