// Bounds-checked reader of one GGUF v3 block (little-endian): typed metadata and a tensor table.
// It keeps views into the caller's bytes, copies no tensor, and must not know any model.
//
// Format: ggml's docs/gguf.md. Every count, length and offset comes from outside and is checked
// against the block before use; a fault is MODEL_FORMAT (or MODEL_VERSION, UNSUPPORTED_DTYPE) with
// its byte offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "error.h"
#include "quant_types.h"

namespace kinvec {

/// Metadata value types, numbered as in the format.
enum class GgufType : uint32_t {
  kUint8 = 0,
  kInt8 = 1,
  kUint16 = 2,
  kInt16 = 3,
  kUint32 = 4,
  kInt32 = 5,
  kFloat32 = 6,
  kBool = 7,
  kString = 8,
  kArray = 9,
  kUint64 = 10,
  kInt64 = 11,
  kFloat64 = 12,
};

/// The format's name of a type ("u32", "string", ...), for listings.
const char* gguf_type_name(GgufType type);

/// A run of values of one type inside the block; a scalar is a run of one.
/// Index arguments must be below size(). Arrays of arrays are refused at parse time.
class GgufValue {
 public:
  GgufType type() const { return type_; }
  bool is_array() const { return is_array_; }
  size_t size() const { return size_; }

  /// Value i of a string run.
  std::string_view string_at(size_t i) const;
  /// Value i of an integer or bool run (floats are truncated; 64-bit values keep their bits).
  int64_t int_at(size_t i) const;
  /// Value i of any numeric run.
  double float_at(size_t i) const;

 private:
  friend class GgufParser;
  GgufType type_ = GgufType::kUint8;
  bool is_array_ = false;
  size_t size_ = 0;
  const std::byte* data_ = nullptr;        // first value; unused for strings
  std::vector<std::string_view> strings_;  // [size_] for string runs
};

struct GgufTensor {
  std::string_view name;
  TensorType type = TensorType::kF32;
  std::vector<uint64_t> shape;      // ne: shape[0] is the contiguous dimension
  std::span<const std::byte> data;  // exactly the tensor's bytes
  uint64_t offset = 0;              // of data in the block

  /// Length of one row (the contiguous dimension).
  size_t columns() const { return shape.empty() ? 1 : static_cast<size_t>(shape[0]); }
  /// Number of rows: the product of all other dimensions.
  size_t rows() const;
};

class Gguf {
 public:
  /// Reads header, metadata and tensor table. `bytes` must outlive the result. Of a file that is
  /// still coming only the first `arrived` bytes are looked at; an error may then mean that more
  /// are needed.
  static Result<Gguf> parse(std::span<const std::byte> bytes, size_t arrived = SIZE_MAX);

  // Look-ups answer nullopt / nullptr when the key is absent or of another kind.
  std::optional<uint64_t> get_uint(std::string_view key) const;
  std::optional<double> get_float(std::string_view key) const;
  std::optional<bool> get_bool(std::string_view key) const;
  std::optional<std::string_view> get_string(std::string_view key) const;
  const GgufValue* find_array(std::string_view key) const;
  const GgufTensor* find_tensor(std::string_view name) const;

  struct Entry {
    std::string_view key;
    GgufValue value;
    std::span<const std::byte> encoded;  // the value as it is in the file, type and counts included
  };
  /// Metadata and tensors in file order.
  const std::vector<Entry>& metadata() const { return metadata_; }
  const std::vector<GgufTensor>& tensors() const { return tensors_; }

  /// All bytes from the first tensor's alignment boundary to the end of the block.
  std::span<const std::byte> tensor_section() const { return tensor_section_; }

 private:
  friend class GgufParser;
  const GgufValue* find(std::string_view key) const;

  std::vector<Entry> metadata_;
  std::vector<GgufTensor> tensors_;
  std::unordered_map<std::string_view, size_t> metadata_index_;
  std::unordered_map<std::string_view, size_t> tensor_index_;
  std::span<const std::byte> tensor_section_;
};

}  // namespace kinvec
