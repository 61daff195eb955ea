// Weight types a model file may hold: their block geometry and decoding of rows to f32.
// A new type is one row in the table and one decoder in quant_types.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kinvec {

/// Tensor types, numbered as in ggml (ggml.h, enum ggml_type).
enum class TensorType : uint32_t {
  kF32 = 0,
  kF16 = 1,
  kQ4_0 = 2,
  kQ4_1 = 3,
  kQ5_0 = 6,
  kQ5_1 = 7,
  kQ8_0 = 8,
  kQ4_K = 12,
  kQ5_K = 13,
  kQ6_K = 14,
  kI8 = 24,  // kinvec's int8: one byte a value, scaled per row by a sibling ".scale" tensor
  kBF16 = 30,
};

constexpr bool is_float(TensorType type) {
  return type == TensorType::kF32 || type == TensorType::kF16 || type == TensorType::kBF16;
}

struct TensorTypeInfo {
  TensorType type;
  const char* name;
  uint32_t block_values;  // values in one block
  uint32_t block_bytes;   // bytes of one block
};

/// Geometry of a type; nullptr when the number names no type that is read here.
const TensorTypeInfo* find_tensor_type(uint32_t number);

/// Bytes of `count` values, nullopt when `count` is no whole number of blocks or overflows.
std::optional<uint64_t> tensor_type_bytes(const TensorTypeInfo& info, uint64_t count);

/// Decodes `count` values (a whole number of blocks) from `src` into `dst` [count].
/// kI8 values come out unscaled.
void dequantize(TensorType type, const std::byte* src, size_t count, float* dst);

float half_to_float(uint16_t half);

}  // namespace kinvec
