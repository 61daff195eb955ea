#include "model.h"

#include "bpe.h"
#include "unigram.h"
#include "word_level.h"
#include "wordpiece.h"

namespace kinvec {

std::unique_ptr<Model> read_model(const Gguf& gguf, const StageFields& fields,
                                  Vocabulary&& vocabulary) {
  struct Kind {
    std::string_view type;
    std::string_view parameters;
    std::unique_ptr<Model> (*read)(const Gguf& gguf, const StageFields& fields,
                                   Vocabulary&& vocabulary);
  };
  static constexpr Kind kKinds[] = {
      {"BPE",
       "dropout unk_token continuing_subword_prefix end_of_word_suffix fuse_unk byte_fallback "
       "ignore_merges",
       Bpe::read},
      {"Unigram", "unk_id byte_fallback", Unigram::read},
      {"WordLevel", "unk_token", WordLevel::read},
      {"WordPiece", "unk_token continuing_subword_prefix max_input_chars_per_word",
       WordPiece::read},
  };
  if (vocabulary.size() > Vocabulary::kMaxTokens) return fields.damaged("has too many tokens");
  for (const Kind& kind : kKinds) {
    if (kind.type != fields.type()) continue;
    fields.allow_only(kind.parameters);
    return kind.read(gguf, fields, std::move(vocabulary));
  }
  return fields.unsupported("is no model that is supported");
}

}  // namespace kinvec
