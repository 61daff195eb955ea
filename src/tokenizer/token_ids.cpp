#include "token_ids.h"

#include <limits>

#include "../concat.h"

namespace kinvec {

Result<std::vector<int32_t>> read_token_ids(const Gguf& gguf, std::string_view key) {
  std::vector<int32_t> ids;
  const GgufValue* values = gguf.find_array(key);
  if (values == nullptr) return ids;
  ids.reserve(values->size());
  for (size_t i = 0; i < values->size(); ++i) {
    const bool is_number = values->type() != GgufType::kString;
    const int64_t id = is_number ? values->int_at(i) : -1;
    if (id < 0 || id > std::numeric_limits<int32_t>::max()) {
      return format_error(concat({key, " holds no token ids"}), static_cast<int64_t>(i));
    }
    ids.push_back(static_cast<int32_t>(id));
  }
  return ids;
}

}  // namespace kinvec
