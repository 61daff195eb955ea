// libFuzzer target: any bytes as a GGUF file with a tokenizer.
#include "tokenizer_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kinvec::fuzz::load_tokenizer({data, size});
  return 0;
}
