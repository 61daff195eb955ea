// Reading post-processors: each is a template, or trimming, or both.
#include <algorithm>
#include <string>
#include <utility>

#include "../stage_fields.h"
#include "post_processor.h"

namespace kinvec {
namespace {

constexpr size_t kMostPieces = 256;

Result<int32_t> read_id(const StageFields& fields, std::string_view name) {
  const auto id = fields.get_uint(name);
  if (!id) return id.error();
  if (*id > INT32_MAX) return fields.damaged("has a token id that is too large");
  return static_cast<int32_t>(*id);
}

/// The ids of the special token that a template calls `name`.
Result<std::vector<int32_t>> find_special_token(const StageFields& fields, std::string_view name) {
  const auto count = fields.count("special_tokens", kMostPieces);
  if (!count) return count.error();
  for (size_t i = 0; i < *count; ++i) {
    const StageFields token = fields.child("special_tokens", i);
    const auto id = token.get_string("id");
    if (!id) return id.error();
    if (*id != name) continue;
    const GgufValue* ids = token.find_array("ids");
    if (ids == nullptr || ids->type() == GgufType::kString || ids->size() == 0) break;
    std::vector<int32_t> values;
    for (size_t j = 0; j < ids->size(); ++j) {
      const int64_t value = ids->int_at(j);
      if (value < 0 || value > INT32_MAX) return fields.damaged("has a token id out of range");
      values.push_back(static_cast<int32_t>(value));
    }
    return values;
  }
  return fields.damaged("names the special token \"" + std::string(name) + "\", but not its ids");
}

Result<std::vector<TemplatePiece>> read_pieces(const StageFields& fields, std::string_view name,
                                               int32_t n_texts) {
  const auto count = fields.count(name, kMostPieces);
  if (!count) return count.error();
  std::vector<TemplatePiece> pieces;
  bool used[2] = {};
  for (size_t i = 0; i < *count; ++i) {
    const StageFields item = fields.child(name, i);
    const bool is_text = item.has("Sequence");
    const StageFields piece = item.child(is_text ? "Sequence" : "SpecialToken");
    const auto id = piece.get_string("id");
    if (!id) return id.error();
    const auto type_id = read_id(piece, "type_id");
    if (!type_id) return type_id.error();
    if (is_text) {
      const int32_t sequence = *id == "A" ? 0 : 1;
      if (sequence >= n_texts) return fields.damaged("puts a second text where there is one");
      // Tokens would pass the limit, which counts each text once.
      if (used[sequence]) return fields.unsupported("has a text twice, which is not supported");
      used[sequence] = true;
      pieces.push_back({{}, sequence, *type_id});
    } else {
      auto ids = find_special_token(fields, *id);
      if (!ids) return ids.error();
      pieces.push_back({std::move(*ids), 0, *type_id});
    }
  }
  if (!used[0] || (n_texts == 2 && !used[1])) {
    return fields.damaged("leaves a text out of the template \"" + std::string(name) + "\"");
  }
  return pieces;
}

Result<Template> read_template(const StageFields& fields) {
  if (auto known = fields.allow_only({"single", "pair", "special_tokens"}); !known) {
    return known.error();
  }
  auto single = read_pieces(fields, "single", 1);
  if (!single) return single.error();
  auto pair = read_pieces(fields, "pair", 2);
  if (!pair) return pair.error();
  Template made;
  made.single = std::move(*single);
  made.pair = std::move(*pair);
  return made;
}

/// Special tokens given as ["[SEP]", 102].
Result<Template> read_fixed_template(const StageFields& fields, bool is_roberta) {
  const auto sep = read_id(fields, "sep.1");
  if (!sep) return sep.error();
  const auto cls = read_id(fields, "cls.1");
  if (!cls) return cls.error();
  Template made = Template::around({*cls}, {*sep});
  made.types_without_specials = is_roberta;
  if (is_roberta) {
    made.overflow_keeps_type_ids = false;
    // <s> first </s> </s> second </s>, all of type 0.
    made.pair.insert(made.pair.end() - 2, TemplatePiece{{*sep}, 0, 0});
    for (TemplatePiece& piece : made.pair) piece.type_id = 0;
  }
  return made;
}

}  // namespace

Result<PostProcessor> PostProcessor::read(const Gguf& gguf) {
  constexpr size_t kMostStages = 16;
  const StageFields tokenizer(gguf, "kinvec.tokenizer");
  const auto count = tokenizer.count("post_processors", kMostStages);
  if (!count) return count.error();
  PostProcessor made;
  for (size_t i = 0; i < *count; ++i) {
    const StageFields fields = tokenizer.child("post_processors", i);
    const std::string_view type = fields.type();
    const bool is_roberta = type == "RobertaProcessing";
    if (type == "ByteLevel" || is_roberta) {
      const auto known = is_roberta
                             ? fields.allow_only({"sep", "cls", "trim_offsets", "add_prefix_space"})
                             : fields.allow_only({"add_prefix_space", "trim_offsets", "use_regex"});
      if (!known) return known.error();
      const auto trim_offsets = fields.get_bool("trim_offsets");
      if (!trim_offsets) return trim_offsets.error();
      const auto add_prefix_space = fields.get_bool("add_prefix_space");
      if (!add_prefix_space) return add_prefix_space.error();
      if (*trim_offsets) {
        if (made.trimming) return fields.unsupported("trims offsets that are trimmed before");
        made.trimming = OffsetTrimming{*add_prefix_space};
      }
      if (type == "ByteLevel") continue;
    } else if (type == "BertProcessing") {
      if (auto known = fields.allow_only({"sep", "cls"}); !known) return known.error();
    } else if (type != "TemplateProcessing") {
      return fields.unsupported("is no post-processor that is supported");
    }
    if (made.special_tokens) return fields.unsupported("is a second template");
    auto special_tokens = type == "TemplateProcessing" ? read_template(fields)
                                                       : read_fixed_template(fields, is_roberta);
    if (!special_tokens) return special_tokens.error();
    made.special_tokens = std::move(*special_tokens);
  }
  return made;
}

}  // namespace kinvec
