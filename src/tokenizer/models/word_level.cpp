#include "word_level.h"

#include <utility>

namespace kinvec {

std::unique_ptr<Model> WordLevel::read(const Gguf& /*gguf*/, const StageFields& fields,
                                       Vocabulary&& vocabulary) {
  const int32_t unknown_id = vocabulary.find(fields.get_string("unk_token"));
  return std::make_unique<WordLevel>(std::move(vocabulary), unknown_id);
}

std::unique_ptr<ModelState> WordLevel::make_state() const { return std::make_unique<ModelState>(); }

void WordLevel::tokenize(std::string_view word, ModelState&, std::vector<Piece>& pieces) const {
  const int32_t id = vocabulary_.find(word, hash_text(word));
  pieces.assign(1, {id >= 0 ? id : unknown_id_, 0, static_cast<uint32_t>(word.size())});
}

}  // namespace kinvec
