#include "unicode_scripts.h"

#include <utility>

#include "../../unicode/script_tables.h"
#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

/// Of no script: the space, and what is not assigned. Such a character goes along with any other.
constexpr uint8_t kAnyScript = 0;

}  // namespace

UnicodeScripts::UnicodeScripts() { scripts_.set_runs(kScripts); }

void UnicodeScripts::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  const char* const bytes = text.text.text().data();
  spare.words.clear();
  for (const Word word : text.words) {
    uint8_t current = kAnyScript;  // of the word that begins at `begin`, if one has begun
    uint32_t begin = word.begin;
    for (uint32_t at = word.begin; at < word.end;) {
      const Utf8Character character = decode_utf8(bytes + at, bytes + word.end);
      const uint8_t script = scripts_[character.code_point];
      if (script != kAnyScript && script != current) {
        if (current != kAnyScript) spare.words.push_back({begin, at});
        current = script;
        begin = at;
      }
      at += character.length;
    }
    if (current != kAnyScript) spare.words.push_back({begin, word.end});
  }
  std::swap(text.words, spare.words);
}

}  // namespace kinvec
