// libFuzzer target: any bytes as rows of an index file.
#include "index_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kinvec::fuzz::restore_index({data, size});
  return 0;
}
