#include "model.h"

#include "bpe.h"
#include "unigram.h"
#include "word_level.h"
#include "wordpiece.h"

namespace kinvec {

Result<std::unique_ptr<Model>> read_model(const Gguf& gguf, const StageFields& fields,
                                          Vocabulary vocabulary) {
  struct Kind {
    std::string_view type;
    Result<std::unique_ptr<Model>> (*read)(const Gguf& gguf, const StageFields& fields,
                                           Vocabulary vocabulary);
  };
  static constexpr Kind kKinds[] = {
      {"BPE", Bpe::read},
      {"Unigram", Unigram::read},
      {"WordLevel", WordLevel::read},
      {"WordPiece", WordPiece::read},
  };
  if (vocabulary.size() > Vocabulary::kMaxTokens) {
    return fields.damaged("has too many tokens");
  }
  for (const Kind& kind : kKinds) {
    if (kind.type == fields.type()) return kind.read(gguf, fields, std::move(vocabulary));
  }
  return fields.unsupported("is no model that is supported");
}

}  // namespace kinvec
