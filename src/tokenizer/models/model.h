// Third stage: a model turns each word into tokens. Each is named as in tokenizer.json.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "../../error.h"
#include "../../gguf.h"
#include "../stage_fields.h"
#include "vocabulary.h"

namespace kinvec {

/// In place of the id of an unknown token that the model does not have. The reference refuses the
/// whole text then.
inline constexpr int32_t kNoToken = -1;

/// A token inside a word, in bytes of the word.
struct Piece {
  int32_t id;  // or kNoToken
  uint32_t begin;
  uint32_t end;
};

/// A model's working memory: what it remembers between words and calls, such as words seen before.
/// It belongs to the model that made it.
class ModelState {
 public:
  virtual ~ModelState() = default;
};

class Model {
 public:
  virtual ~Model() = default;

  virtual std::unique_ptr<ModelState> make_state() const = 0;

  /// Replaces `pieces` by the tokens of a word, which is not empty. `state` is one that this model
  /// made. Eight bytes after the word must be readable; their values do not matter.
  virtual void tokenize(std::string_view word, ModelState& state,
                        std::vector<Piece>& pieces) const = 0;

  /// The model's own vocabulary; ids of tokens that were added beside it are empty in it.
  virtual const Vocabulary& vocabulary() const = 0;
};

/// Makes the model that `fields` (kinvec.tokenizer.model.*) and the lists of `gguf` (scores,
/// merges) describe. Errors as read_stage's.
std::unique_ptr<Model> read_model(const Gguf& gguf, const StageFields& fields,
                                  Vocabulary&& vocabulary);

}  // namespace kinvec
