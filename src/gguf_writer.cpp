#include "gguf_writer.h"

#include <bit>
#include <cstring>

namespace kinvec {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

template <class T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void append_string(std::string& out, std::string_view text) {
  append(out, static_cast<uint64_t>(text.size()));
  out += text;
}

}  // namespace

void GgufWriter::put_key(std::string_view key, GgufType type) {
  ++n_entries_;
  append_string(entries_, key);
  append(entries_, type);
}

void GgufWriter::put_string(std::string_view key, std::string_view value) {
  put_key(key, GgufType::kString);
  append_string(entries_, value);
}

void GgufWriter::put_uint(std::string_view key, uint32_t value) {
  put_key(key, GgufType::kUint32);
  append(entries_, value);
}

void GgufWriter::put_bool(std::string_view key, bool value) {
  put_key(key, GgufType::kBool);
  append(entries_, static_cast<uint8_t>(value));
}

void GgufWriter::put_array(std::string_view key, GgufType type, const void* values, size_t count,
                           size_t value_bytes) {
  put_key(key, GgufType::kArray);
  append(entries_, type);
  append(entries_, static_cast<uint64_t>(count));
  entries_.append(static_cast<const char*>(values), count * value_bytes);
}

void GgufWriter::put_strings(std::string_view key, const std::vector<std::string_view>& values) {
  put_array(key, GgufType::kString, values.data(), values.size(), 0);
  for (const std::string_view value : values) append_string(entries_, value);
}

void GgufWriter::put_ints(std::string_view key, const std::vector<int32_t>& values) {
  put_array(key, GgufType::kInt32, values.data(), values.size(), sizeof(int32_t));
}

void GgufWriter::put_floats(std::string_view key, const std::vector<double>& values) {
  put_array(key, GgufType::kFloat64, values.data(), values.size(), sizeof(double));
}

void GgufWriter::put_bytes(std::string_view key, const std::vector<uint8_t>& values) {
  put_array(key, GgufType::kUint8, values.data(), values.size(), 1);
}

std::vector<std::byte> GgufWriter::block() const {
  std::string out = "GGUF";
  append(out, uint32_t{3});
  append(out, uint64_t{0});  // tensors
  append(out, n_entries_);
  std::vector<std::byte> bytes(out.size() + entries_.size());
  std::memcpy(bytes.data(), out.data(), out.size());
  if (!entries_.empty()) std::memcpy(bytes.data() + out.size(), entries_.data(), entries_.size());
  return bytes;
}

}  // namespace kinvec
