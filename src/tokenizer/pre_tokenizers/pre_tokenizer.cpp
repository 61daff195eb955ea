#include "pre_tokenizer.h"

#include "bert_pre_tokenizer.h"
#include "byte_level.h"
#include "character_splits.h"
#include "fixed_length.h"
#include "metaspace.h"
#include "split.h"
#include "unicode_scripts.h"
#include "whitespace.h"

namespace kinvec {

Result<std::unique_ptr<PreTokenizer>> read_pre_tokenizer(const StageFields& fields) {
  struct Kind {
    std::string_view type;
    Result<std::unique_ptr<PreTokenizer>> (*read)(const StageFields& fields);
  };
  static constexpr Kind kKinds[] = {
      {"BertPreTokenizer", BertPreTokenizer::read},
      {"ByteLevel", ByteLevel::read},
      {"CharDelimiterSplit", read_char_delimiter_split},
      {"Digits", read_digits},
      {"FixedLength", FixedLength::read},
      {"Metaspace", Metaspace::read},
      {"Punctuation", read_punctuation},
      {"Split", Split::read},
      {"UnicodeScripts", UnicodeScripts::read},
      {"Whitespace", Whitespace::read},
      {"WhitespaceSplit", read_whitespace_split},
  };
  for (const Kind& kind : kKinds) {
    if (kind.type == fields.type()) return kind.read(fields);
  }
  return fields.unsupported("is no pre-tokenizer that is supported");
}

}  // namespace kinvec
