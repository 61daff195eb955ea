// libFuzzer target: any bytes as a text, for tokenizers of all kinds.
#include "tokenizer_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto tokenizers = kinvec::fuzz::load_folder(KINVEC_FUZZ_DIR "/tokenizers");
  kinvec::fuzz::encode_text(tokenizers, {data, size});
  return 0;
}
