#include "tensors.h"

#include <cmath>

#include "../concat.h"

namespace kinvec {

Result<const GgufTensor*> find_matrix(const Gguf& gguf, const std::string& name, size_t columns) {
  const GgufTensor* tensor = gguf.find_tensor(name);
  if (tensor == nullptr) {
    return format_error(concat({"the model file lacks tensor \"", name, "\""}));
  }
  if (tensor->columns() != columns) {
    return format_error(concat({"tensor \"", name, "\" has rows of ", tensor->columns(),
                                " values; ", columns, " are needed"}),
                        static_cast<int64_t>(tensor->offset));
  }
  return tensor;
}

Result<const float*> find_vector(const Gguf& gguf, const std::string& name, size_t size) {
  const auto tensor = find_matrix(gguf, name, size);
  if (!tensor) return tensor.error();
  const auto at = static_cast<int64_t>((*tensor)->offset);
  if ((*tensor)->type != TensorType::kF32 || (*tensor)->rows() != 1) {
    return format_error(concat({"tensor \"", name, "\" must be one row of F32"}), at);
  }
  const auto* values = reinterpret_cast<const float*>((*tensor)->data.data());
  for (size_t i = 0; i < size; ++i) {
    if (!std::isfinite(values[i])) {
      return format_error(concat({"tensor \"", name, "\" holds a value that is not finite"}),
                          at + static_cast<int64_t>(4 * i));
    }
  }
  return values;
}

Result<const float*> find_optional_vector(const Gguf& gguf, const std::string& name, size_t size) {
  if (gguf.find_tensor(name) == nullptr) return static_cast<const float*>(nullptr);
  return find_vector(gguf, name, size);
}

}  // namespace kinvec
