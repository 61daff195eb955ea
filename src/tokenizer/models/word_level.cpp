#include "word_level.h"

#include <utility>

namespace kinvec {

Result<std::unique_ptr<Model>> WordLevel::read(const Gguf&, const StageFields& fields,
                                               Vocabulary vocabulary) {
  if (auto known = fields.allow_only({"unk_token"}); !known) return known.error();
  const auto unknown = fields.get_string("unk_token");
  if (!unknown) return unknown.error();
  const int32_t unknown_id = vocabulary.find(*unknown);
  return std::unique_ptr<Model>(std::make_unique<WordLevel>(std::move(vocabulary), unknown_id));
}

std::unique_ptr<ModelState> WordLevel::make_state() const { return std::make_unique<ModelState>(); }

void WordLevel::tokenize(std::string_view word, ModelState&, std::vector<Piece>& pieces) const {
  const int32_t id = vocabulary_.find(word, hash_text(word));
  pieces.assign(1, {id >= 0 ? id : unknown_id_, 0, static_cast<uint32_t>(word.size())});
}

}  // namespace kinvec
