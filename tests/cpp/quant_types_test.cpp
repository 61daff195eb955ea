// Decoding of every weight type against the values that the reference `gguf` package gives for the
// same blocks (tests/golden/make_quants.py).
#include "src/quant_types.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

using namespace kinvec;

namespace {

std::vector<std::byte> read_golden(const std::string& name) {
  const std::string path = std::string(KINVEC_GOLDEN_DIR) + "/quants/" + name;
  std::vector<std::byte> bytes;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  REQUIRE_MESSAGE(file != nullptr, path);
  std::byte chunk[4096];
  for (size_t n = 0; (n = std::fread(chunk, 1, sizeof chunk, file)) > 0;) {
    bytes.insert(bytes.end(), chunk, chunk + n);
  }
  std::fclose(file);
  return bytes;
}

std::vector<float> as_floats(const std::vector<std::byte>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace

TEST_CASE("every weight type decodes to the reference's values") {
  for (const TensorType type :
       {TensorType::kF16, TensorType::kBF16, TensorType::kQ8_0, TensorType::kQ4_0,
        TensorType::kQ4_1, TensorType::kQ5_0, TensorType::kQ5_1, TensorType::kQ4_K,
        TensorType::kQ5_K, TensorType::kQ6_K}) {
    const TensorTypeInfo* info = find_tensor_type(static_cast<uint32_t>(type));
    REQUIRE(info != nullptr);
    CAPTURE(info->name);
    const auto blocks = read_golden(std::string(info->name) + ".blocks");
    const auto expected = as_floats(read_golden(std::string(info->name) + ".f32"));
    REQUIRE(tensor_type_bytes(*info, expected.size()) == blocks.size());

    std::vector<float> values(expected.size());
    dequantize(type, blocks.data(), values.size(), values.data());
    size_t different = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      // The order of two multiplications is free, so the last bit is.
      const float tolerance = std::isinf(expected[i]) ? 0.0F : std::fabs(expected[i]) * 2e-7F;
      if (values[i] != expected[i] && !(std::fabs(values[i] - expected[i]) <= tolerance))
        ++different;
    }
    CHECK(different == 0);
  }
}

TEST_CASE("every half has the value that IEEE 754 gives it") {
  for (uint32_t half = 0; half < 0x10000; ++half) {
    const uint32_t exponent = half >> 10U & 31U;
    const uint32_t fraction = half & 0x3FFU;
    const float value = half_to_float(static_cast<uint16_t>(half));
    if (exponent == 31) {
      if (fraction != 0 ? !std::isnan(value) : !std::isinf(value)) FAIL_CHECK("half " << half);
      continue;
    }
    const float magnitude = exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                                          : std::ldexp(static_cast<float>(1024 + fraction),
                                                       static_cast<int>(exponent) - 25);
    if (value != (half >= 0x8000 ? -magnitude : magnitude)) FAIL_CHECK("half " << half);
  }
}
