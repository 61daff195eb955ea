// Writes GGUF v3 metadata (little-endian), the counterpart of gguf.h for blocks without tensors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gguf.h"

namespace kinvec {

class GgufWriter {
 public:
  void put_string(std::string_view key, std::string_view value);
  void put_uint(std::string_view key, uint32_t value);
  void put_bool(std::string_view key, bool value);
  void put_strings(std::string_view key, const std::vector<std::string_view>& values);
  void put_ints(std::string_view key, const std::vector<int32_t>& values);
  void put_floats(std::string_view key, const std::vector<double>& values);
  void put_bytes(std::string_view key, const std::vector<uint8_t>& values);

  /// The whole block, with all that was put so far.
  std::vector<std::byte> block() const;

 private:
  void put_key(std::string_view key, GgufType type);
  void put_array(std::string_view key, GgufType type, const void* values, size_t count,
                 size_t value_bytes);

  uint64_t n_entries_ = 0;
  std::string entries_;
};

}  // namespace kinvec
