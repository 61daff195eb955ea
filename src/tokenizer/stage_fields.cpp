#include "stage_fields.h"

#include <algorithm>

#include "../unicode/utf8.h"

namespace kinvec {

std::string_view StageFields::type() const { return gguf_.get_string(key("type")).value_or(""); }

std::string StageFields::key(std::string_view name) const { return concat({prefix_, ".", name}); }

const GgufValue* StageFields::find_array(std::string_view name) const {
  return gguf_.find_array(key(name));
}

StageFields StageFields::child(std::string_view name) const { return {gguf_, key(name)}; }

StageFields StageFields::child(std::string_view name, size_t i) const {
  return {gguf_, concat({prefix_, ".", name, ".", i})};
}

bool StageFields::has(std::string_view name) const {
  const std::string exact = key(name);
  const std::string below = concat({exact, "."});
  return std::ranges::any_of(gguf_.metadata(), [&](const Gguf::Entry& entry) {
    return entry.key == exact || entry.key.starts_with(below);
  });
}

Result<std::string_view> StageFields::get_string(std::string_view name) const {
  if (const auto value = gguf_.get_string(key(name))) return *value;
  return damaged(concat({"needs the string \"", name, "\""}));
}

Result<std::string_view> StageFields::get_string(std::string_view name,
                                                 std::string_view fallback) const {
  if (!has(name)) return fallback;
  return get_string(name);
}

Result<char32_t> StageFields::get_character(std::string_view name) const {
  const auto text = get_string(name);
  if (!text) return text.error();
  if (!text->empty() && is_well_formed_utf8(*text)) {
    const Utf8Character first = decode_utf8(text->data(), text->data() + text->size());
    if (first.length == text->size()) return first.code_point;
  }
  return damaged(concat({"needs \"", name, "\" to be one character"}));
}

Result<bool> StageFields::get_bool(std::string_view name) const {
  if (const auto value = gguf_.get_bool(key(name))) return *value;
  return damaged(concat({"needs \"", name, "\" to be true or false"}));
}

Result<bool> StageFields::get_bool(std::string_view name, bool fallback) const {
  if (!has(name)) return fallback;
  return get_bool(name);
}

Result<uint64_t> StageFields::get_uint(std::string_view name) const {
  if (const auto value = gguf_.get_uint(key(name))) return *value;
  return damaged(concat({"needs \"", name, "\" to be a whole number, not negative"}));
}

Result<uint64_t> StageFields::get_uint(std::string_view name, uint64_t fallback) const {
  if (!has(name)) return fallback;
  return get_uint(name);
}

Result<double> StageFields::get_float(std::string_view name, double fallback) const {
  if (!has(name)) return fallback;
  if (const auto value = gguf_.get_float(key(name))) return *value;
  if (const auto whole = gguf_.get_uint(key(name))) return static_cast<double>(*whole);
  return damaged(concat({"needs \"", name, "\" to be a number"}));
}

Result<size_t> StageFields::count(std::string_view name, size_t limit) const {
  const auto count = child(name).get_uint("count", 0);
  if (!count) return count.error();
  if (*count > limit) return damaged(concat({"has more \"", name, "\" than it can have"}));
  return static_cast<size_t>(*count);
}

Result<void> StageFields::allow_only(std::initializer_list<std::string_view> names) const {
  const std::string below = concat({prefix_, "."});
  for (const Gguf::Entry& entry : gguf_.metadata()) {
    if (!entry.key.starts_with(below)) continue;
    const std::string_view rest = entry.key.substr(below.size());
    const std::string_view name = rest.substr(0, rest.find('.'));
    if (name != "type" && std::ranges::find(names, name) == names.end()) {
      return unsupported(concat({"has the parameter \"", name, "\", which is not supported"}));
    }
  }
  return {};
}

Error StageFields::damaged(std::string_view what) const {
  return error(ErrorCode::kModelFormat, what);
}

Error StageFields::unsupported(std::string_view what) const {
  return error(ErrorCode::kUnsupportedTokenizer, what);
}

Error StageFields::error(ErrorCode code, std::string_view what) const {
  return {code, concat({prefix_, " (", type(), ") ", what}), -1};
}

}  // namespace kinvec
