// Look-up of a model's tensors with the checks that every user of them needs.
#pragma once

#include <cstddef>
#include <string>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

/// The tensor `name` as a matrix of rows of `columns` values; MODEL_FORMAT when it is missing or of
/// another width.
Result<const GgufTensor*> find_matrix(const Gguf& gguf, const std::string& name, size_t columns);

/// The F32 tensor `name` of exactly `size` finite values.
Result<const float*> find_vector(const Gguf& gguf, const std::string& name, size_t size);

/// The same, or null when there is no such tensor.
Result<const float*> find_optional_vector(const Gguf& gguf, const std::string& name, size_t size);

}  // namespace kinvec
