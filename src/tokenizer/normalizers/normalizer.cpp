#include "normalizer.h"

#include "../stage_list.h"
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

std::unique_ptr<Normalizer> read_normalizer(const StageFields& fields) {
  static constexpr StageKind<Normalizer> kKinds[] = {
      {"BertNormalizer", "clean_text handle_chinese_chars strip_accents lowercase",
       BertNormalizer::read},
      {"ByteLevel", "", read_byte_level_normalizer},
      {"Lowercase", "", read_lowercase},
      {"NFC", "", read_nfc},
      {"NFD", "", read_nfd},
      {"NFKC", "", read_nfkc},
      {"NFKD", "", read_nfkd},
      {"Nmt", "", read_nmt},
      {"Precompiled", "precompiled_charsmap", read_precompiled},
      {"Prepend", "prepend", read_prepend},
      {"Replace", "pattern content", read_replace},
      {"Strip", "strip_left strip_right", read_strip},
      {"StripAccents", "", read_strip_accents},
  };
  return read_stage<Normalizer>(fields, kKinds, "normalizer");
}

}  // namespace kinvec
