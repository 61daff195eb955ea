#include "encode_options.h"

#include <algorithm>
#include <string_view>

#include "stage_fields.h"

namespace kinvec {
namespace {

size_t clamped(uint64_t limit) { return static_cast<size_t>(std::min<uint64_t>(limit, SIZE_MAX)); }

TruncationStrategy read_strategy(const StageFields& fields) {
  const std::string_view name = fields.get_string("strategy", "LongestFirst");
  if (name == "OnlyFirst") return TruncationStrategy::kOnlyFirst;
  if (name == "OnlySecond") return TruncationStrategy::kOnlySecond;
  if (name != "LongestFirst") fields.damaged("has a strategy that is not known");
  return TruncationStrategy::kLongestFirst;
}

TruncationSide read_side(const StageFields& fields) {
  const std::string_view name = fields.get_string("direction", "Right");
  if (name == "Left") return TruncationSide::kLeft;
  if (name != "Right") fields.damaged("has a direction that is not known");
  return TruncationSide::kRight;
}

}  // namespace

Result<EncodeOptions> read_encode_options(const Gguf& gguf) {
  EncodeOptions options;
  ErrorBox error;
  const StageFields fields(gguf, "kinvec.tokenizer.truncation", error);
  if (!fields.has("max_length")) {
    const auto limit = gguf.get_uint("kinvec.max_tokens");
    if (limit) options.max_tokens = clamped(*limit);
    return options;
  }
  options.max_tokens = clamped(fields.get_uint("max_length"));
  options.strategy = read_strategy(fields);
  options.side = read_side(fields);
  options.stride = clamped(fields.get_uint("stride", 0));
  if (!error.empty()) return std::move(error);
  return options;
}

}  // namespace kinvec
