// Random numbers that are the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

/// `count` values of the standard normal distribution.
inline std::vector<float> normal_floats(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}
