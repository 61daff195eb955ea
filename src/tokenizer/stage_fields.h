// The parameters of one stage of a tokenizer, as keys of a GGUF file under a common prefix:
// "kinvec.tokenizer.normalizers.2.content". Names and values are those of tokenizer.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

class StageFields {
 public:
  /// `prefix` ends without a dot. The file must outlive this view. The first thing that is wrong
  /// goes to `error`, which the views of parts share: a reader takes all values that it needs, and
  /// its caller looks at the end whether they were right.
  StageFields(const Gguf& gguf, std::string prefix, ErrorBox& error)
      : gguf_(gguf), prefix_(std::move(prefix)), error_(error) {}

  /// The stage's name, "Lowercase"; empty if it has none.
  std::string_view type() const;

  /// Whether the file has this parameter, or parameters below it.
  bool has(std::string_view name) const;

  // Values under a name. Without a fallback, the parameter must be there. Where it is missing or of
  // another type, that is MODEL_FORMAT, and the answer is empty, 0 or false.
  std::string_view get_string(std::string_view name) const;
  std::string_view get_string(std::string_view name, std::string_view fallback) const;
  /// A string of exactly one character.
  char32_t get_character(std::string_view name) const;
  bool get_bool(std::string_view name) const;
  bool get_bool(std::string_view name, bool fallback) const;
  uint64_t get_uint(std::string_view name) const;
  uint64_t get_uint(std::string_view name, uint64_t fallback) const;
  double get_float(std::string_view name, double fallback) const;

  /// A list of plain values, or null.
  const GgufValue* find_array(std::string_view name) const;

  /// An object, or item `i` of a list of objects (of which "<name>.count" says the number).
  StageFields child(std::string_view name) const;
  StageFields child(std::string_view name, size_t i) const;
  /// Items of a list of objects; 0 if there is none. MODEL_FORMAT for more than `limit`.
  size_t count(std::string_view name, size_t limit) const;

  /// UNSUPPORTED_TOKENIZER if the stage has a parameter besides "type" and `names`, which spaces
  /// separate, so that none is ever passed over. A parameter with parts is named by its first part.
  void allow_only(std::string_view names) const;

  bool failed() const { return !error_.empty(); }

  // What is wrong, with the name of this stage. They answer null for readers to return.
  std::nullptr_t damaged(std::string_view what) const;      // MODEL_FORMAT
  std::nullptr_t unsupported(std::string_view what) const;  // UNSUPPORTED_TOKENIZER
  /// As it is.
  std::nullptr_t fail(const Error& error) const;

 private:
  std::string key(std::string_view name) const;

  const Gguf& gguf_;
  std::string prefix_;
  ErrorBox& error_;
};

}  // namespace kinvec
