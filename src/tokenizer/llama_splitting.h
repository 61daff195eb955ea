// How the byte-level BPE vocabularies of llama.cpp split text, by the name they have it under.
#pragma once

#include <cstdint>
#include <string_view>

namespace kinvec {

struct LlamaSplitting {
  enum Flag : uint8_t {
    kNfc = 1,           // text is in form NFC first
    kDigits = 2,        // each digit is a word
    kIgnoreMerges = 4,  // a word that is a token is that token
    kBos = 8,           // the token <bos> comes first unless the file says otherwise
  };

  std::string_view name;        // tokenizer.ggml.pre
  const char* const* patterns;  // regular expressions, applied one after the other, then null;
                                // without any, that of GPT-2
  uint8_t flags;
};

/// The splitting of a name, or null for one that is not known. "default" is none: it stands for
/// whatever a model was trained with, which its file does not tell.
const LlamaSplitting* find_llama_splitting(std::string_view name);

}  // namespace kinvec
