// The parameters of one stage of a tokenizer, as keys of a GGUF file under a common prefix:
// "kinvec.tokenizer.normalizers.2.content". Names and values are those of tokenizer.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "../concat.h"
#include "../error.h"
#include "../gguf.h"

namespace kinvec {

class StageFields {
 public:
  /// `prefix` ends without a dot. The file must outlive this view.
  StageFields(const Gguf& gguf, std::string prefix) : gguf_(gguf), prefix_(std::move(prefix)) {}

  /// The stage's name, "Lowercase"; empty if it has none.
  std::string_view type() const;

  /// Whether the file has this parameter, or parameters below it.
  bool has(std::string_view name) const;

  // Values under a name. Without a fallback, the parameter must be there. MODEL_FORMAT where it is
  // missing or of another type.
  Result<std::string_view> get_string(std::string_view name) const;
  Result<std::string_view> get_string(std::string_view name, std::string_view fallback) const;
  /// A string of exactly one character.
  Result<char32_t> get_character(std::string_view name) const;
  Result<bool> get_bool(std::string_view name) const;
  Result<bool> get_bool(std::string_view name, bool fallback) const;
  Result<uint64_t> get_uint(std::string_view name) const;
  Result<uint64_t> get_uint(std::string_view name, uint64_t fallback) const;
  Result<double> get_float(std::string_view name, double fallback) const;

  /// A list of plain values, or null.
  const GgufValue* find_array(std::string_view name) const;

  /// An object, or item `i` of a list of objects (of which "<name>.count" says the number).
  StageFields child(std::string_view name) const;
  StageFields child(std::string_view name, size_t i) const;
  /// Items of a list of objects; 0 if there is none. MODEL_FORMAT for more than `limit`.
  Result<size_t> count(std::string_view name, size_t limit) const;

  /// UNSUPPORTED_TOKENIZER if the stage has a parameter besides "type" and those named, so that
  /// none is ever passed over. A parameter with parts is named by its first part.
  Result<void> allow_only(std::initializer_list<std::string_view> names) const;

  /// Errors that name this stage.
  Error damaged(std::string_view what) const;      // MODEL_FORMAT
  Error unsupported(std::string_view what) const;  // UNSUPPORTED_TOKENIZER

 private:
  std::string key(std::string_view name) const;
  Error error(ErrorCode code, std::string_view what) const;

  const Gguf& gguf_;
  std::string prefix_;
};

}  // namespace kinvec
