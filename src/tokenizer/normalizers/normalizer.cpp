#include "normalizer.h"

#include <string_view>

#include "bert_normalizer.h"
#include "byte_level_normalizer.h"
#include "lowercase.h"
#include "nmt.h"
#include "precompiled.h"
#include "prepend.h"
#include "replace.h"
#include "strip.h"
#include "unicode_form.h"

namespace kinvec {

Result<std::unique_ptr<Normalizer>> read_normalizer(const StageFields& fields) {
  struct Kind {
    std::string_view type;
    Result<std::unique_ptr<Normalizer>> (*read)(const StageFields& fields);
  };
  static constexpr Kind kKinds[] = {
      {"BertNormalizer", BertNormalizer::read},
      {"ByteLevel", read_byte_level_normalizer},
      {"Lowercase", read_lowercase},
      {"NFC", read_nfc},
      {"NFD", read_nfd},
      {"NFKC", read_nfkc},
      {"NFKD", read_nfkd},
      {"Nmt", read_nmt},
      {"Precompiled", read_precompiled},
      {"Prepend", read_prepend},
      {"Replace", read_replace},
      {"Strip", read_strip},
      {"StripAccents", read_strip_accents},
  };
  for (const Kind& kind : kKinds) {
    if (kind.type == fields.type()) return kind.read(fields);
  }
  return fields.unsupported("is no normalizer that is supported");
}

}  // namespace kinvec
