#include "gguf.h"

#include <cstring>

#include "concat.h"

namespace kinvec {

namespace {

constexpr const char* kReadTypes =
    "F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K or Q6_K";

constexpr uint32_t kMagic = 0x46554747;  // "GGUF"
constexpr uint64_t kDefaultAlignment = 32;
constexpr uint32_t kMaxDimensions = 4;

// Bytes of one value on disk; 0 for strings and arrays, whose size is in the data.
size_t value_bytes(GgufType type) {
  switch (type) {
    case GgufType::kUint8:
    case GgufType::kInt8:
    case GgufType::kBool:
      return 1;
    case GgufType::kUint16:
    case GgufType::kInt16:
      return 2;
    case GgufType::kUint32:
    case GgufType::kInt32:
    case GgufType::kFloat32:
      return 4;
    case GgufType::kUint64:
    case GgufType::kInt64:
    case GgufType::kFloat64:
      return 8;
    case GgufType::kString:
    case GgufType::kArray:
      return 0;
  }
  return 0;
}

bool is_float(GgufType type) { return type == GgufType::kFloat32 || type == GgufType::kFloat64; }

bool is_integer(GgufType type) {
  return value_bytes(type) != 0 && !is_float(type) && type != GgufType::kBool;
}

template <class T>
T read_at(const std::byte* data, size_t i) {
  T value;
  std::memcpy(&value, data + i * sizeof(T), sizeof(T));
  return value;
}

}  // namespace

const char* gguf_type_name(GgufType type) {
  switch (type) {
    case GgufType::kUint8:
      return "u8";
    case GgufType::kInt8:
      return "i8";
    case GgufType::kUint16:
      return "u16";
    case GgufType::kInt16:
      return "i16";
    case GgufType::kUint32:
      return "u32";
    case GgufType::kInt32:
      return "i32";
    case GgufType::kFloat32:
      return "f32";
    case GgufType::kBool:
      return "bool";
    case GgufType::kString:
      return "string";
    case GgufType::kArray:
      return "array";
    case GgufType::kUint64:
      return "u64";
    case GgufType::kInt64:
      return "i64";
    case GgufType::kFloat64:
      return "f64";
  }
  return "unknown";
}

std::string_view GgufValue::string_at(size_t i) const {
  return type_ == GgufType::kString ? strings_[i] : std::string_view();
}

int64_t GgufValue::int_at(size_t i) const {
  switch (type_) {
    case GgufType::kUint8:
    case GgufType::kBool:
      return read_at<uint8_t>(data_, i);
    case GgufType::kInt8:
      return read_at<int8_t>(data_, i);
    case GgufType::kUint16:
      return read_at<uint16_t>(data_, i);
    case GgufType::kInt16:
      return read_at<int16_t>(data_, i);
    case GgufType::kUint32:
      return read_at<uint32_t>(data_, i);
    case GgufType::kInt32:
      return read_at<int32_t>(data_, i);
    case GgufType::kUint64:
    case GgufType::kInt64:
      return read_at<int64_t>(data_, i);
    case GgufType::kFloat32:
    case GgufType::kFloat64: {
      const double value = float_at(i);
      return value > -9e18 && value < 9e18 ? static_cast<int64_t>(value) : 0;
    }
    case GgufType::kString:
    case GgufType::kArray:
      return 0;
  }
  return 0;
}

double GgufValue::float_at(size_t i) const {
  if (type_ == GgufType::kFloat32) return read_at<float>(data_, i);
  if (type_ == GgufType::kFloat64) return read_at<double>(data_, i);
  if (type_ == GgufType::kUint64) return static_cast<double>(read_at<uint64_t>(data_, i));
  return static_cast<double>(int_at(i));
}

size_t GgufTensor::rows() const {
  size_t rows = 1;
  for (size_t d = 1; d < shape.size(); ++d) rows *= static_cast<size_t>(shape[d]);
  return rows;
}

// Walks the block once. The first fault sets error_, after which every read answers zero.
class GgufParser {
 public:
  GgufParser(std::span<const std::byte> bytes, size_t arrived)
      : bytes_(bytes), arrived_(std::min(arrived, bytes.size())) {}

  Result<Gguf> run() {
    if (arrived_ < 4 || read<uint32_t>() != kMagic) {
      return Error{ErrorCode::kModelFormat, "not a GGUF file: it does not start with \"GGUF\"", 0};
    }
    const uint32_t version = read<uint32_t>();
    if (ok() && version != 3) {
      return Error{ErrorCode::kModelVersion,
                   concat({"GGUF version ", version, " is not read; convert it to version 3"}), 4};
    }
    const uint64_t n_tensors = read<uint64_t>();
    const uint64_t n_entries = read<uint64_t>();
    // A metadata entry takes at least 13 bytes and a tensor record at least 24, so that a count
    // beyond this is damage, found before anything is reserved for it.
    if (ok() && (n_entries > remaining() / 13 || n_tensors > remaining() / 24)) {
      fail("the header counts more entries than the file can hold", 8);
    }
    for (uint64_t i = 0; ok() && i < n_entries; ++i) read_entry();
    for (uint64_t i = 0; ok() && i < n_tensors; ++i) read_tensor_record();
    if (ok()) place_tensors();
    if (!ok()) return error_;
    return std::move(gguf_);
  }

 private:
  bool ok() const { return error_.code == ErrorCode::kOk; }
  size_t remaining() const { return arrived_ - position_; }

  void fail(std::string message, size_t at, ErrorCode code = ErrorCode::kModelFormat) {
    if (ok()) error_ = Error{code, std::move(message), static_cast<int64_t>(at)};
  }

  bool take(size_t count) {
    if (!ok()) return false;
    if (count > remaining()) {
      fail("the file ends in the middle of its header; the download may be incomplete", position_);
      return false;
    }
    position_ += count;
    return true;
  }

  template <class T>
  T read() {
    if (!take(sizeof(T))) return T{};
    return read_at<T>(bytes_.data() + position_ - sizeof(T), 0);
  }

  std::string_view read_string() {
    const size_t at = position_;
    const uint64_t length = read<uint64_t>();
    if (ok() && length > remaining()) {
      fail(concat({"a string of ", length, " bytes passes the end of the file"}), at);
    }
    if (!ok() || !take(static_cast<size_t>(length))) return {};
    const char* end = reinterpret_cast<const char*>(bytes_.data() + position_);
    return {end - length, static_cast<size_t>(length)};
  }

  void read_run(GgufValue& value, uint64_t count, size_t at) {
    if (value.type_ == GgufType::kString) {
      if (count > remaining() / 8) {
        fail(concat({"an array of ", count, " strings passes the end of the file"}), at);
        return;
      }
      value.strings_.reserve(static_cast<size_t>(count));
      for (uint64_t i = 0; ok() && i < count; ++i) value.strings_.push_back(read_string());
    } else {
      const size_t bytes = value_bytes(value.type_);
      if (bytes == 0) {
        fail(concat({"metadata of type ", static_cast<uint32_t>(value.type_),
                     " is not read (unknown type, or an array of arrays)"}),
             at);
        return;
      }
      if (count > remaining() / bytes) {
        fail(concat({"an array of ", count, " values passes the end of the file"}), at);
        return;
      }
      value.data_ = bytes_.data() + position_;
      take(static_cast<size_t>(count) * bytes);
    }
    value.size_ = static_cast<size_t>(count);
  }

  void read_entry() {
    const size_t at = position_;
    Gguf::Entry entry;
    entry.key = read_string();
    if (ok() && entry.key.empty()) fail("a metadata entry has an empty key", at);
    const size_t start = position_;
    entry.value.type_ = static_cast<GgufType>(read<uint32_t>());
    uint64_t count = 1;
    if (entry.value.type_ == GgufType::kArray) {
      entry.value.is_array_ = true;
      entry.value.type_ = static_cast<GgufType>(read<uint32_t>());
      count = read<uint64_t>();
    }
    if (ok()) read_run(entry.value, count, at);
    if (!ok()) return;
    entry.encoded = bytes_.subspan(start, position_ - start);
    if (!gguf_.metadata_index_.emplace(entry.key, gguf_.metadata_.size()).second) {
      fail(concat({"the metadata key \"", entry.key, "\" occurs twice"}), at);
      return;
    }
    gguf_.metadata_.push_back(std::move(entry));
  }

  void read_tensor_record() {
    const size_t at = position_;
    GgufTensor tensor;
    tensor.name = read_string();
    const uint32_t n_dimensions = read<uint32_t>();
    if (ok() && (n_dimensions == 0 || n_dimensions > kMaxDimensions)) {
      fail(concat({"a tensor has ", n_dimensions, " dimensions; 1 to 4 are read"}), at);
    }
    for (uint32_t d = 0; ok() && d < n_dimensions; ++d) tensor.shape.push_back(read<uint64_t>());
    const uint32_t type_number = read<uint32_t>();
    tensor.offset = read<uint64_t>();
    if (!ok()) return;

    const std::string name(tensor.name);
    const TensorTypeInfo* info = find_tensor_type(type_number);
    if (info == nullptr) {
      fail(concat({"tensor \"", name, "\" has weight type ", type_number,
                   ", which is not read; convert it to ", kReadTypes}),
           at, ErrorCode::kUnsupportedDtype);
      return;
    }
    tensor.type = info->type;
    uint64_t count = 1;
    for (const uint64_t extent : tensor.shape) {
      if (extent == 0 || __builtin_mul_overflow(count, extent, &count)) {
        fail(concat({"tensor \"", name, "\" has an impossible shape"}), at);
        return;
      }
    }
    const auto bytes = tensor_type_bytes(*info, count);
    if (!bytes || tensor.shape[0] % info->block_values != 0) {
      fail(concat({"tensor \"", name, "\" is no whole number of ", info->name, " blocks"}), at);
      return;
    }
    if (*bytes > bytes_.size()) {
      fail(concat({"tensor \"", name, "\" is larger than the file"}), at);
      return;
    }
    // The span's place follows in place_tensors; only its length is known here.
    tensor.data = bytes_.subspan(0, static_cast<size_t>(*bytes));
    if (!gguf_.tensor_index_.emplace(tensor.name, gguf_.tensors_.size()).second) {
      fail(concat({"the tensor \"", name, "\" occurs twice"}), at);
      return;
    }
    gguf_.tensors_.push_back(std::move(tensor));
  }

  void place_tensors() {
    const uint64_t alignment = gguf_.get_uint("general.alignment").value_or(kDefaultAlignment);
    if (alignment < 8 || alignment > (1U << 20) || (alignment & (alignment - 1)) != 0) {
      fail("general.alignment must be a power of two from 8 on", 0);
      return;
    }
    const uint64_t start = (position_ + alignment - 1) / alignment * alignment;
    if (start > bytes_.size()) {
      if (!gguf_.tensors_.empty()) {
        fail("the file ends before its tensors; the download may be incomplete", bytes_.size());
      }
      return;
    }
    gguf_.tensor_section_ = bytes_.subspan(static_cast<size_t>(start));
    for (GgufTensor& tensor : gguf_.tensors_) {
      const size_t room = gguf_.tensor_section_.size();
      const std::string name(tensor.name);
      if (tensor.offset % alignment != 0) {
        fail(concat({"tensor \"", name, "\" is not aligned"}), static_cast<size_t>(start));
        return;
      }
      if (tensor.offset > room || tensor.data.size() > room - tensor.offset) {
        fail(concat({"tensor \"", name,
                     "\" passes the end of the file; the download may be incomplete"}),
             bytes_.size());
        return;
      }
      tensor.data =
          gguf_.tensor_section_.subspan(static_cast<size_t>(tensor.offset), tensor.data.size());
      tensor.offset += start;
    }
  }

  std::span<const std::byte> bytes_;
  size_t arrived_;
  size_t position_ = 0;
  Error error_;
  Gguf gguf_;
};

Result<Gguf> Gguf::parse(std::span<const std::byte> bytes, size_t arrived) {
  return GgufParser(bytes, arrived).run();
}

const GgufValue* Gguf::find(std::string_view key) const {
  const auto it = metadata_index_.find(key);
  return it == metadata_index_.end() ? nullptr : &metadata_[it->second].value;
}

std::optional<uint64_t> Gguf::get_uint(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr || value->is_array() || !is_integer(value->type())) return std::nullopt;
  const int64_t number = value->int_at(0);
  if (number < 0 && value->type() != GgufType::kUint64) return std::nullopt;
  return static_cast<uint64_t>(number);
}

std::optional<double> Gguf::get_float(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr || value->is_array() || !is_float(value->type())) return std::nullopt;
  return value->float_at(0);
}

std::optional<bool> Gguf::get_bool(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr || value->is_array() || value->type() != GgufType::kBool) {
    return std::nullopt;
  }
  return value->int_at(0) != 0;
}

std::optional<std::string_view> Gguf::get_string(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr || value->is_array() || value->type() != GgufType::kString) {
    return std::nullopt;
  }
  return value->string_at(0);
}

const GgufValue* Gguf::find_array(std::string_view key) const {
  const GgufValue* value = find(key);
  return value != nullptr && value->is_array() ? value : nullptr;
}

const GgufTensor* Gguf::find_tensor(std::string_view name) const {
  const auto it = tensor_index_.find(name);
  return it == tensor_index_.end() ? nullptr : &tensors_[it->second];
}

}  // namespace kinvec
