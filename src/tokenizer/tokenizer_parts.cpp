#include "tokenizer_parts.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "../sort_indices.h"
#include "bert_vocabulary.h"
#include "llama_vocabulary.h"
#include "stage_list.h"
#include "token_ids.h"

namespace kinvec {
namespace {

/// The model's vocabulary: the listed tokens without those that were added beside it. The added
/// tokens get their strings from the list.
Result<Vocabulary> read_vocabulary(const Gguf& gguf, std::vector<AddedToken>& added) {
  const GgufValue* tokens = gguf.find_array("tokenizer.ggml.tokens");
  if (tokens == nullptr || tokens->type() != GgufType::kString) {
    return format_error("tokenizer.ggml.tokens is missing or no list of strings");
  }
  for (AddedToken& token : added) {
    if (static_cast<size_t>(token.id) >= tokens->size()) {
      return format_error("an added token lies outside tokenizer.ggml.tokens", token.id);
    }
    token.content = tokens->string_at(static_cast<size_t>(token.id));
  }
  auto added_only = read_token_ids(gguf, "kinvec.tokenizer.added_only");
  if (!added_only) return added_only.error();
  if (!std::ranges::is_sorted(*added_only)) {
    return format_error("kinvec.tokenizer.added_only is not in ascending order");
  }

  size_t bytes = 0;
  for (size_t i = 0; i < tokens->size(); ++i) bytes += tokens->string_at(i).size();
  if (bytes > std::numeric_limits<uint32_t>::max() / 2) {
    return format_error("tokenizer.ggml.tokens is too long");
  }
  // Ids above the model's own are no part of its vocabulary.
  size_t size = tokens->size();
  while (size > 0 && std::ranges::binary_search(*added_only, static_cast<int32_t>(size - 1))) {
    --size;
  }
  Vocabulary vocabulary;
  vocabulary.reserve(size, bytes);
  auto next = added_only->begin();
  for (size_t i = 0; i < size; ++i) {
    while (next != added_only->end() && *next < static_cast<int32_t>(i)) ++next;
    const bool blank = next != added_only->end() && *next == static_cast<int32_t>(i);
    vocabulary.add({}, blank ? std::string_view() : tokens->string_at(i));
  }
  return vocabulary;
}

Result<void> read_stages_of(const Gguf& gguf, TokenizerParts& parts) {
  auto added = read_added_tokens(gguf);
  if (!added) return added.error();
  parts.added_tokens = std::move(*added);
  auto vocabulary = read_vocabulary(gguf, parts.added_tokens);
  if (!vocabulary) return vocabulary.error();

  auto pipeline = TextPipeline::read(gguf);
  if (!pipeline) return pipeline.error();
  parts.pipeline = std::move(*pipeline);
  ErrorBox error;
  const StageFields model(gguf, "kinvec.tokenizer.model", error);
  parts.model = read_model(gguf, model, std::move(*vocabulary));
  if (!error.empty()) return std::move(error);
  if (auto read = parts.post_processor.read(gguf); !read) return read.error();
  auto decoders = read_stages(gguf, "decoders", read_decoder);
  if (!decoders) return decoders.error();
  parts.decoders = std::move(*decoders);
  return {};
}

}  // namespace

Result<std::vector<AddedToken>> read_added_tokens(const Gguf& gguf) {
  auto ids = read_token_ids(gguf, "kinvec.tokenizer.added_tokens");
  if (!ids) return ids.error();
  std::vector<AddedToken> tokens;
  if (ids->empty()) return tokens;
  const GgufValue* flags = gguf.find_array("kinvec.tokenizer.added_token_flags");
  if (flags == nullptr || flags->size() != ids->size() || flags->type() == GgufType::kString) {
    return format_error("kinvec.tokenizer.added_token_flags does not match added_tokens");
  }
  tokens.reserve(ids->size());
  const auto order =
      sorted_indices(ids->size(), [&ids](uint32_t a, uint32_t b) { return (*ids)[a] < (*ids)[b]; });
  for (const uint32_t i : order) {
    tokens.emplace_back((*ids)[i], static_cast<uint8_t>(flags->int_at(i)));
  }
  return tokens;
}

Result<void> read_tokenizer_parts(const Gguf& gguf, TokenizerParts& parts) {
  if (gguf.get_string("kinvec.tokenizer.model.type")) return read_stages_of(gguf, parts);
  const auto kind = gguf.get_string("tokenizer.ggml.model");
  if (!kind) return format_error("tokenizer.ggml.model is missing");
  if (*kind == "bert") {
    auto bert = read_bert_vocabulary(gguf);
    if (!bert) return bert.error();
    return add_bert_parts(std::move(*bert), parts);
  }
  const auto description = describe_llama_vocabulary(gguf);
  if (!description) return description.error();
  const auto described = Gguf::parse(*description);
  if (!described) return described.error();
  return read_stages_of(*described, parts);
}

}  // namespace kinvec
