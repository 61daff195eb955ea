// libFuzzer target: any bytes as the links of an index file.
#include "graph_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kinvec::fuzz::restore_graph({data, size});
  return 0;
}
