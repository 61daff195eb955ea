// Scripts, as far as the pre-tokenizer UnicodeScripts tells them apart: the kana are Han to it.
#pragma once

#include "script_tables.h"

namespace kinvec {

/// Of no script: the space, and what is not assigned. Such a character goes along with any other.
inline constexpr uint8_t kAnyScript = 0;

constexpr uint8_t script_of(char32_t c) {
  const uint32_t page = kScriptPageOfBlock[c >> kScriptPageBits];
  const uint32_t place = c & ((1u << kScriptPageBits) - 1);
  return kScriptPages[(page << kScriptPageBits) + place];
}

}  // namespace kinvec
