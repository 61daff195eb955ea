#include "encoding.h"

namespace kinvec {

void Tokens::resize(size_t n) {
  ids.resize(n);
  offsets.resize(2 * n);
  word_ids.resize(n);
  type_ids.resize(n);
  special_tokens_mask.resize(n);
}

}  // namespace kinvec
