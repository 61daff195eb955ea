// libFuzzer target: any bytes as a model file.
#include "model_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kinvec::fuzz::load_model({data, size});
  return 0;
}
