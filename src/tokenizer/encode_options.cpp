#include "encode_options.h"

#include <algorithm>
#include <string_view>

#include "stage_fields.h"

namespace kinvec {
namespace {

size_t clamped(uint64_t limit) { return static_cast<size_t>(std::min<uint64_t>(limit, SIZE_MAX)); }

Result<TruncationStrategy> read_strategy(const StageFields& fields) {
  const auto name = fields.get_string("strategy", "LongestFirst");
  if (!name) return name.error();
  if (*name == "LongestFirst") return TruncationStrategy::kLongestFirst;
  if (*name == "OnlyFirst") return TruncationStrategy::kOnlyFirst;
  if (*name == "OnlySecond") return TruncationStrategy::kOnlySecond;
  return fields.damaged("has a strategy that is not known");
}

Result<TruncationSide> read_side(const StageFields& fields) {
  const auto name = fields.get_string("direction", "Right");
  if (!name) return name.error();
  if (*name == "Right") return TruncationSide::kRight;
  if (*name == "Left") return TruncationSide::kLeft;
  return fields.damaged("has a direction that is not known");
}

}  // namespace

Result<EncodeOptions> read_encode_options(const Gguf& gguf) {
  EncodeOptions options;
  const StageFields fields(gguf, "kinvec.tokenizer.truncation");
  if (!fields.has("max_length")) {
    const auto limit = gguf.get_uint("kinvec.max_tokens");
    if (limit) options.max_tokens = clamped(*limit);
    return options;
  }
  const auto max_length = fields.get_uint("max_length");
  if (!max_length) return max_length.error();
  const auto strategy = read_strategy(fields);
  if (!strategy) return strategy.error();
  const auto side = read_side(fields);
  if (!side) return side.error();
  const auto stride = fields.get_uint("stride", 0);
  if (!stride) return stride.error();
  options.max_tokens = clamped(*max_length);
  options.strategy = *strategy;
  options.side = *side;
  options.stride = clamped(*stride);
  return options;
}

}  // namespace kinvec
