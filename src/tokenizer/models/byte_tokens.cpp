#include "byte_tokens.h"

namespace kinvec {

ByteTokens::ByteTokens(const Vocabulary& vocabulary) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  char token[] = "<0x00>";
  for (size_t byte = 0; byte < ids_.size(); ++byte) {
    token[3] = kDigits[byte / 16];
    token[4] = kDigits[byte % 16];
    ids_[byte] = vocabulary.find(token);
  }
}

}  // namespace kinvec
