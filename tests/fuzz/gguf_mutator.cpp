// How libFuzzer changes GGUF files: value by value, with lengths and counts that fit. Changes of
// single bytes rarely get past the header, since most of them break a length.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/gguf.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace kinvec::fuzz {
namespace {

using Random = std::minstd_rand;

struct Entry {
  std::string key;
  GgufType type = GgufType::kString;
  bool is_array = false;
  std::vector<std::string> items;  // the bytes of each
};

struct File {
  std::vector<Entry> entries;
  std::vector<GgufTensor> tensors;  // with offsets in the section
  std::string section;
};

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put_string(std::string& out, std::string_view value) {
  put(out, static_cast<uint64_t>(value.size()));
  out += value;
}

size_t item_bytes(GgufType type) {
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
    default:
      return 8;
  }
}

std::string item_at(const GgufValue& value, size_t i) {
  if (value.type() == GgufType::kString) return std::string(value.string_at(i));
  std::string bytes;
  if (value.type() == GgufType::kFloat32) {
    put(bytes, static_cast<float>(value.float_at(i)));
  } else if (value.type() == GgufType::kFloat64) {
    put(bytes, value.float_at(i));
  } else {
    put(bytes, value.int_at(i));
    bytes.resize(item_bytes(value.type()));
  }
  return bytes;
}

/// A file's parts; none of a file that is no GGUF file. `bytes` must outlive them.
std::optional<File> parse(std::span<const uint8_t> bytes) {
  const auto gguf = Gguf::parse(std::as_bytes(bytes));
  if (!gguf) return std::nullopt;
  File file;
  for (const Gguf::Entry& known : gguf->metadata()) {
    Entry& entry = file.entries.emplace_back();
    entry.key = known.key;
    entry.type = known.value.type();
    entry.is_array = known.value.is_array();
    for (size_t i = 0; i < known.value.size(); ++i) entry.items.push_back(item_at(known.value, i));
  }
  const std::span<const std::byte> section = gguf->tensor_section();
  file.tensors = gguf->tensors();
  for (GgufTensor& tensor : file.tensors) {
    tensor.offset = static_cast<uint64_t>(tensor.data.data() - section.data());
  }
  file.section.assign(reinterpret_cast<const char*>(section.data()), section.size());
  return file;
}

std::string serialize(const File& file) {
  std::string out = "GGUF";
  put(out, uint32_t{3});
  put(out, static_cast<uint64_t>(file.tensors.size()));
  put(out, static_cast<uint64_t>(file.entries.size()));
  for (const Entry& entry : file.entries) {
    put_string(out, entry.key);
    if (entry.is_array) put(out, GgufType::kArray);
    put(out, entry.type);
    if (entry.is_array) put(out, static_cast<uint64_t>(entry.items.size()));
    for (const std::string& item : entry.items) {
      if (entry.type == GgufType::kString) {
        put_string(out, item);
      } else {
        out += item;
      }
    }
  }
  for (const GgufTensor& tensor : file.tensors) {
    put_string(out, tensor.name);
    put(out, static_cast<uint32_t>(tensor.shape.size()));
    for (const uint64_t extent : tensor.shape) put(out, extent);
    put(out, tensor.type);
    put(out, tensor.offset);
  }
  if (!file.section.empty()) out.resize((out.size() + 31) / 32 * 32);
  return out + file.section;
}

template <class T>
T& one_of(std::vector<T>& values, Random& random) {
  return values[random() % values.size()];
}

void mutate_bytes(std::string& bytes, size_t most) {
  const size_t size = bytes.size();
  bytes.resize(std::max(size, most));
  bytes.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(bytes.data()), size, bytes.size()));
}

void mutate_item(Entry& entry, Random& random) {
  if (entry.items.empty()) return;
  std::string& item = one_of(entry.items, random);
  if (entry.type == GgufType::kString) return mutate_bytes(item, item.size() + 16);
  const size_t size = item.size();
  // Counts and ids are small numbers; so are those that are wrong by little.
  if (random() % 2 == 0) {
    item[0] = static_cast<char>(item[0] + static_cast<int>(random() % 5) - 2);
  } else {
    mutate_bytes(item, size);
    item.resize(size);
  }
}

void mutate_array(Entry& entry, Random& random) {
  if (!entry.is_array || entry.items.empty()) return mutate_item(entry, random);
  const size_t at = random() % entry.items.size();
  const auto place = entry.items.begin() + static_cast<ptrdiff_t>(at);
  switch (random() % 4) {
    case 0:
      entry.items.erase(place);
      return;
    case 1:
      entry.items.insert(place, std::string(one_of(entry.items, random)));
      return;
    case 2:
      std::swap(*place, one_of(entry.items, random));
      return;
    default:
      entry.items.resize(at);
  }
}

void mutate_tensor(File& file, Random& random) {
  static constexpr TensorType kTypes[] = {
      TensorType::kF32,  TensorType::kF16,  TensorType::kBF16, TensorType::kQ8_0,
      TensorType::kQ4_0, TensorType::kQ4_1, TensorType::kQ5_0, TensorType::kQ5_1,
      TensorType::kQ4_K, TensorType::kQ5_K, TensorType::kQ6_K, TensorType::kI8,
  };
  GgufTensor& tensor = one_of(file.tensors, random);
  switch (random() % 5) {
    case 0:
      tensor.type = kTypes[random() % std::size(kTypes)];
      return;
    case 1:
      one_of(tensor.shape, random) = one_of(one_of(file.tensors, random).shape, random);
      return;
    case 2:
      tensor.offset = one_of(file.tensors, random).offset;
      return;
    case 3:
      std::swap(tensor, file.tensors.back());
      return file.tensors.pop_back();
    default:
      mutate_bytes(file.section, file.section.size());
  }
}

void mutate(File& file, Random& random) {
  if (!file.tensors.empty() && random() % 4 == 0) return mutate_tensor(file, random);
  if (file.entries.empty()) return;
  const size_t at = random() % file.entries.size();
  Entry& entry = file.entries[at];
  switch (random() % 12) {
    case 0:
      file.entries.erase(file.entries.begin() + static_cast<ptrdiff_t>(at));
      return;
    case 1:
      return mutate_bytes(entry.key, entry.key.size() + 8);
    case 2:
      return std::swap(entry.key, one_of(file.entries, random).key);
    case 3:
    case 4:
    case 5:
      return mutate_array(entry, random);
    default:
      return mutate_item(entry, random);
  }
}

/// The part of a key that the keys of one stage, or of one setting, have in common: all before the
/// last dot.
std::string_view stem_of(std::string_view key) { return key.substr(0, key.rfind('.') + 1); }

/// Takes over from another file: one value, the values of one stage, or its whole vocabulary.
void cross(File& file, const File& other, Random& random) {
  if (other.entries.empty()) return;
  const Entry& chosen = other.entries[random() % other.entries.size()];
  const std::string stem(stem_of(chosen.key));
  const bool whole = random() % 2 == 0;
  const auto is_taken = [&](const Entry& entry) {
    return whole ? stem_of(entry.key) == stem : entry.key == chosen.key;
  };
  std::erase_if(file.entries, is_taken);
  std::ranges::copy_if(other.entries, std::back_inserter(file.entries), is_taken);
}

/// The number of bytes written: those of `file`, or none if they are too many.
size_t write(const File& file, uint8_t* data, size_t max_size) {
  const std::string bytes = serialize(file);
  if (bytes.size() > max_size) return 0;
  std::ranges::copy(bytes, data);
  return bytes.size();
}

}  // namespace
}  // namespace kinvec::fuzz

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  using namespace kinvec::fuzz;
  Random random(seed);
  if (random() % 8 != 0) {
    const std::vector<uint8_t> bytes(data, data + size);
    if (auto file = parse(bytes)) {
      for (size_t count = 1 + random() % 4; count > 0; --count) mutate(*file, random);
      if (const size_t written = write(*file, data, max_size); written > 0) return written;
    }
  }
  return LLVMFuzzerMutate(data, size, max_size);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* data1, size_t size1,
                                            const uint8_t* data2, size_t size2, uint8_t* out,
                                            size_t max_out_size, unsigned int seed) {
  using namespace kinvec::fuzz;
  Random random(seed);
  auto file = parse({data1, size1});
  const auto other = parse({data2, size2});
  if (!file || !other) return 0;
  for (size_t count = 1 + random() % 3; count > 0; --count) cross(*file, *other, random);
  return write(*file, out, max_out_size);
}
