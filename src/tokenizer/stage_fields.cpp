#include "stage_fields.h"

#include <algorithm>

#include "../concat.h"
#include "../unicode/utf8.h"

namespace kinvec {
namespace {

/// Whether `name` is one of `names`, which spaces separate.
bool is_listed(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

}  // namespace

std::string_view StageFields::type() const { return gguf_.get_string(key("type")).value_or(""); }

std::string StageFields::key(std::string_view name) const { return concat({prefix_, ".", name}); }

const GgufValue* StageFields::find_array(std::string_view name) const {
  return gguf_.find_array(key(name));
}

StageFields StageFields::child(std::string_view name) const { return {gguf_, key(name), error_}; }

StageFields StageFields::child(std::string_view name, size_t i) const {
  return {gguf_, concat({prefix_, ".", name, ".", i}), error_};
}

bool StageFields::has(std::string_view name) const {
  const std::string exact = key(name);
  const std::string below = concat({exact, "."});
  return std::ranges::any_of(gguf_.metadata(), [&](const Gguf::Entry& entry) {
    return entry.key == exact || entry.key.starts_with(below);
  });
}

std::string_view StageFields::get_string(std::string_view name) const {
  if (const auto value = gguf_.get_string(key(name))) return *value;
  damaged(concat({"needs the string \"", name, "\""}));
  return {};
}

std::string_view StageFields::get_string(std::string_view name, std::string_view fallback) const {
  return has(name) ? get_string(name) : fallback;
}

char32_t StageFields::get_character(std::string_view name) const {
  const std::string_view text = get_string(name);
  if (!text.empty() && is_well_formed_utf8(text)) {
    const Utf8Character first = decode_utf8(text.data(), text.data() + text.size());
    if (first.length == text.size()) return first.code_point;
  }
  damaged(concat({"needs \"", name, "\" to be one character"}));
  return 0;
}

bool StageFields::get_bool(std::string_view name) const {
  if (const auto value = gguf_.get_bool(key(name))) return *value;
  damaged(concat({"needs \"", name, "\" to be true or false"}));
  return false;
}

bool StageFields::get_bool(std::string_view name, bool fallback) const {
  return has(name) ? get_bool(name) : fallback;
}

uint64_t StageFields::get_uint(std::string_view name) const {
  if (const auto value = gguf_.get_uint(key(name))) return *value;
  damaged(concat({"needs \"", name, "\" to be a whole number, not negative"}));
  return 0;
}

uint64_t StageFields::get_uint(std::string_view name, uint64_t fallback) const {
  return has(name) ? get_uint(name) : fallback;
}

double StageFields::get_float(std::string_view name, double fallback) const {
  if (!has(name)) return fallback;
  if (const auto value = gguf_.get_float(key(name))) return *value;
  if (const auto whole = gguf_.get_uint(key(name))) return static_cast<double>(*whole);
  damaged(concat({"needs \"", name, "\" to be a number"}));
  return 0;
}

size_t StageFields::count(std::string_view name, size_t limit) const {
  const uint64_t count = child(name).get_uint("count", 0);
  if (count <= limit) return static_cast<size_t>(count);
  damaged(concat({"has more \"", name, "\" than it can have"}));
  return 0;
}

void StageFields::allow_only(std::string_view names) const {
  const std::string below = concat({prefix_, "."});
  for (const Gguf::Entry& entry : gguf_.metadata()) {
    if (!entry.key.starts_with(below)) continue;
    const std::string_view rest = entry.key.substr(below.size());
    const std::string_view name = rest.substr(0, rest.find('.'));
    if (name == "type" || is_listed(names, name)) continue;
    unsupported(concat({"has the parameter \"", name, "\", which is not supported"}));
    return;
  }
}

std::nullptr_t StageFields::damaged(std::string_view what) const {
  return fail(format_error(concat({prefix_, " (", type(), ") ", what})));
}

std::nullptr_t StageFields::unsupported(std::string_view what) const {
  return fail({ErrorCode::kUnsupportedTokenizer, concat({prefix_, " (", type(), ") ", what}), -1});
}

std::nullptr_t StageFields::fail(const Error& error) const {
  if (error_.empty()) error_ = ErrorBox(error);
  return nullptr;
}

}  // namespace kinvec
