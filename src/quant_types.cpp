#include "quant_types.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>

namespace kinvec {

namespace {

constexpr TensorTypeInfo kTypes[] = {
    {TensorType::kF32, "F32", 1, 4},       {TensorType::kF16, "F16", 1, 2},
    {TensorType::kBF16, "BF16", 1, 2},     {TensorType::kI8, "I8", 1, 1},
    {TensorType::kQ4_0, "Q4_0", 32, 18},   {TensorType::kQ4_1, "Q4_1", 32, 20},
    {TensorType::kQ5_0, "Q5_0", 32, 22},   {TensorType::kQ5_1, "Q5_1", 32, 24},
    {TensorType::kQ8_0, "Q8_0", 32, 34},   {TensorType::kQ4_K, "Q4_K", 256, 144},
    {TensorType::kQ5_K, "Q5_K", 256, 176}, {TensorType::kQ6_K, "Q6_K", 256, 210},
};

uint8_t byte_at(const std::byte* src, size_t i) { return std::to_integer<uint8_t>(src[i]); }

int8_t int8_at(const std::byte* src, size_t i) { return static_cast<int8_t>(byte_at(src, i)); }

float half_at(const std::byte* src, size_t byte) {
  uint16_t half;
  std::memcpy(&half, src + byte, 2);
  return half_to_float(half);
}

// The 32-value blocks: a scale, for "_1" types a minimum, for 5 bits a word of fifth bits, then
// nibbles: value j sits in the low half of byte j, value j + 16 in its high half.
void decode_nibbles(const std::byte* nibbles, uint32_t fifth_bits, float scale, float offset,
                    float* dst) {
  for (size_t j = 0; j < 16; ++j) {
    const uint8_t pair = byte_at(nibbles, j);
    const uint32_t low = (pair & 15U) | (((fifth_bits >> j) & 1U) << 4);
    const uint32_t high = (pair >> 4U) | (((fifth_bits >> (j + 16)) & 1U) << 4);
    dst[j] = static_cast<float>(low) * scale + offset;
    dst[j + 16] = static_cast<float>(high) * scale + offset;
  }
}

uint32_t word_at(const std::byte* src, size_t byte) {
  uint32_t word;
  std::memcpy(&word, src + byte, 4);
  return word;
}

void decode_q4_0(const std::byte* block, float* dst) {
  const float scale = half_at(block, 0);
  decode_nibbles(block + 2, 0, scale, -8 * scale, dst);
}

void decode_q4_1(const std::byte* block, float* dst) {
  decode_nibbles(block + 4, 0, half_at(block, 0), half_at(block, 2), dst);
}

void decode_q5_0(const std::byte* block, float* dst) {
  const float scale = half_at(block, 0);
  decode_nibbles(block + 6, word_at(block, 2), scale, -16 * scale, dst);
}

void decode_q5_1(const std::byte* block, float* dst) {
  decode_nibbles(block + 8, word_at(block, 4), half_at(block, 0), half_at(block, 2), dst);
}

void decode_q8_0(const std::byte* block, float* dst) {
  const float scale = half_at(block, 0);
  for (size_t j = 0; j < 32; ++j) dst[j] = static_cast<float>(int8_at(block, 2 + j)) * scale;
}

// Scale and minimum of sub-block j of a 4- or 5-bit super-block: eight pairs of 6 bits in 12 bytes.
struct ScaleMin {
  uint8_t scale;
  uint8_t min;
};

ScaleMin scale_min_at(const std::byte* packed, size_t j) {
  if (j < 4) {
    return {static_cast<uint8_t>(byte_at(packed, j) & 63U),
            static_cast<uint8_t>(byte_at(packed, j + 4) & 63U)};
  }
  const uint8_t low = byte_at(packed, j + 4);
  return {static_cast<uint8_t>((low & 15U) | ((byte_at(packed, j - 4) >> 6U) << 4U)),
          static_cast<uint8_t>((low >> 4U) | ((byte_at(packed, j) >> 6U) << 4U))};
}

// Q4_K and Q5_K: eight sub-blocks of 32; `fifth_bits` is null for 4 bits.
void decode_super_block(const std::byte* block, const std::byte* fifth_bits,
                        const std::byte* nibbles, float* dst) {
  const float scale = half_at(block, 0);
  const float min = half_at(block, 2);
  for (size_t j = 0; j < 8; ++j) {
    const ScaleMin sub = scale_min_at(block + 4, j);
    const float sub_scale = scale * sub.scale;
    const float sub_min = min * sub.min;
    const std::byte* bytes = nibbles + (j / 2) * 32;
    for (size_t l = 0; l < 32; ++l) {
      const uint8_t pair = byte_at(bytes, l);
      uint32_t q = j % 2 == 0 ? pair & 15U : pair >> 4U;
      if (fifth_bits != nullptr) q |= ((byte_at(fifth_bits, l) >> j) & 1U) << 4;
      dst[j * 32 + l] = sub_scale * static_cast<float>(q) - sub_min;
    }
  }
}

void decode_q4_k(const std::byte* block, float* dst) {
  decode_super_block(block, nullptr, block + 16, dst);
}

void decode_q5_k(const std::byte* block, float* dst) {
  decode_super_block(block, block + 16, block + 48, dst);
}

// Q6_K: 128 bytes of low nibbles, 64 of high bit pairs, 16 signed sub-scales, one scale.
void decode_q6_k(const std::byte* block, float* dst) {
  const std::byte* scales = block + 192;
  const float scale = half_at(block, 208);
  for (size_t half = 0; half < 2; ++half) {
    const std::byte* low = block + half * 64;
    const std::byte* high = block + 128 + half * 32;
    for (size_t quarter = 0; quarter < 4; ++quarter) {
      for (size_t l = 0; l < 32; ++l) {
        const uint8_t pair = byte_at(low, (quarter % 2) * 32 + l);
        const uint32_t nibble = quarter < 2 ? pair & 15U : pair >> 4U;
        const uint32_t bits = (byte_at(high, l) >> (2 * quarter)) & 3U;
        const int q = static_cast<int>(nibble | (bits << 4)) - 32;
        const float sub = scale * int8_at(scales, half * 8 + quarter * 2 + l / 16);
        dst[half * 128 + quarter * 32 + l] = sub * static_cast<float>(q);
      }
    }
  }
}

template <void (*decode)(const std::byte*, float*)>
void decode_blocks(const std::byte* src, size_t count, size_t values, size_t bytes, float* dst) {
  for (size_t i = 0; i < count / values; ++i) decode(src + i * bytes, dst + i * values);
}

}  // namespace

const TensorTypeInfo* find_tensor_type(uint32_t number) {
  const auto* it = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& info) {
    return static_cast<uint32_t>(info.type) == number;
  });
  return it == std::end(kTypes) ? nullptr : it;
}

std::optional<uint64_t> tensor_type_bytes(const TensorTypeInfo& info, uint64_t count) {
  uint64_t bytes;
  if (count % info.block_values != 0 ||
      __builtin_mul_overflow(count / info.block_values, uint64_t{info.block_bytes}, &bytes)) {
    return std::nullopt;
  }
  return bytes;
}

void dequantize(TensorType type, const std::byte* src, size_t count, float* dst) {
  switch (type) {
    case TensorType::kF32:
      std::memcpy(dst, src, count * 4);
      break;
    case TensorType::kF16:
      for (size_t i = 0; i < count; ++i) dst[i] = half_at(src, 2 * i);
      break;
    case TensorType::kBF16:
      for (size_t i = 0; i < count; ++i) {
        uint16_t top;
        std::memcpy(&top, src + 2 * i, 2);
        dst[i] = std::bit_cast<float>(static_cast<uint32_t>(top) << 16);
      }
      break;
    case TensorType::kI8:
      for (size_t i = 0; i < count; ++i) dst[i] = int8_at(src, i);
      break;
    case TensorType::kQ4_0:
      decode_blocks<decode_q4_0>(src, count, 32, 18, dst);
      break;
    case TensorType::kQ4_1:
      decode_blocks<decode_q4_1>(src, count, 32, 20, dst);
      break;
    case TensorType::kQ5_0:
      decode_blocks<decode_q5_0>(src, count, 32, 22, dst);
      break;
    case TensorType::kQ5_1:
      decode_blocks<decode_q5_1>(src, count, 32, 24, dst);
      break;
    case TensorType::kQ8_0:
      decode_blocks<decode_q8_0>(src, count, 32, 34, dst);
      break;
    case TensorType::kQ4_K:
      decode_blocks<decode_q4_k>(src, count, 256, 144, dst);
      break;
    case TensorType::kQ5_K:
      decode_blocks<decode_q5_k>(src, count, 256, 176, dst);
      break;
    case TensorType::kQ6_K:
      decode_blocks<decode_q6_k>(src, count, 256, 210, dst);
      break;
  }
}

// IEEE 754: the value is moved by exponent arithmetic on floats, so that subnormal halves come out
// right without a branch per bit.
float half_to_float(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000U) << 16;
  const uint32_t magnitude = half & 0x7fffU;
  if (magnitude >= 0x7c00U) {  // infinity or NaN
    return std::bit_cast<float>(sign | 0x7f800000U | ((magnitude & 0x3ffU) << 13));
  }
  // Placed as a float the exponent is 112 too small, subnormals included.
  const float scaled = std::bit_cast<float>(magnitude << 13) * 0x1p112F;
  return std::bit_cast<float>(std::bit_cast<uint32_t>(scaled) | sign);
}

}  // namespace kinvec
