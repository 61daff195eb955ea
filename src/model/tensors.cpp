#include "tensors.h"

#include <cmath>

namespace kinvec {

Result<const GgufTensor*> find_matrix(const Gguf& gguf, const std::string& name, size_t columns) {
  const GgufTensor* tensor = gguf.find_tensor(name);
  if (tensor == nullptr) {
    return Error{ErrorCode::kModelFormat, "the model file lacks tensor \"" + name + "\""};
  }
  if (tensor->columns() != columns) {
    return Error{ErrorCode::kModelFormat,
                 "tensor \"" + name + "\" has rows of " + std::to_string(tensor->columns()) +
                     " values; " + std::to_string(columns) + " are needed",
                 static_cast<int64_t>(tensor->offset)};
  }
  return tensor;
}

Result<const float*> find_vector(const Gguf& gguf, const std::string& name, size_t size) {
  const auto tensor = find_matrix(gguf, name, size);
  if (!tensor) return tensor.error();
  const auto at = static_cast<int64_t>((*tensor)->offset);
  if ((*tensor)->type != TensorType::kF32 || (*tensor)->rows() != 1) {
    return Error{ErrorCode::kModelFormat, "tensor \"" + name + "\" must be one row of F32", at};
  }
  const auto* values = reinterpret_cast<const float*>((*tensor)->data.data());
  for (size_t i = 0; i < size; ++i) {
    if (!std::isfinite(values[i])) {
      return Error{ErrorCode::kModelFormat,
                   "tensor \"" + name + "\" holds a value that is not finite",
                   at + static_cast<int64_t>(4 * i)};
    }
  }
  return values;
}

Result<const float*> find_optional_vector(const Gguf& gguf, const std::string& name, size_t size) {
  if (gguf.find_tensor(name) == nullptr) return static_cast<const float*>(nullptr);
  return find_vector(gguf, name, size);
}

}  // namespace kinvec
