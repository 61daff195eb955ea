// Reading post-processors: each is a template, or trimming, or both.
#include <algorithm>
#include <string>
#include <utility>

#include "../../concat.h"
#include "../stage_fields.h"
#include "post_processor.h"

namespace kinvec {
namespace {

constexpr size_t kMostPieces = 256;

int32_t read_id(const StageFields& fields, std::string_view name) {
  const uint64_t id = fields.get_uint(name);
  if (id <= INT32_MAX) return static_cast<int32_t>(id);
  fields.damaged("has a token id that is too large");
  return 0;
}

/// The ids of the special token that a template calls `name`.
std::vector<int32_t> find_special_token(const StageFields& fields, std::string_view name) {
  const size_t count = fields.count("special_tokens", kMostPieces);
  for (size_t i = 0; i < count; ++i) {
    const StageFields token = fields.child("special_tokens", i);
    if (token.get_string("id") != name) continue;
    const GgufValue* ids = token.find_array("ids");
    if (ids == nullptr || ids->type() == GgufType::kString || ids->size() == 0) break;
    std::vector<int32_t> values;
    for (size_t j = 0; j < ids->size(); ++j) {
      const int64_t value = ids->int_at(j);
      if (value < 0 || value > INT32_MAX) fields.damaged("has a token id out of range");
      values.push_back(static_cast<int32_t>(value));
    }
    return values;
  }
  fields.damaged(concat({"names the special token \"", name, "\", but not its ids"}));
  return {};
}

std::vector<TemplatePiece> read_pieces(const StageFields& fields, std::string_view name,
                                       int32_t n_texts) {
  const size_t count = fields.count(name, kMostPieces);
  std::vector<TemplatePiece> pieces;
  bool used[2] = {};
  for (size_t i = 0; i < count && !fields.failed(); ++i) {
    const StageFields item = fields.child(name, i);
    const bool is_text = item.has("Sequence");
    const StageFields piece = item.child(is_text ? "Sequence" : "SpecialToken");
    const std::string_view id = piece.get_string("id");
    const int32_t type_id = read_id(piece, "type_id");
    if (is_text) {
      const int32_t sequence = id == "A" ? 0 : 1;
      if (sequence >= n_texts) fields.damaged("puts a second text where there is one");
      // Tokens would pass the limit, which counts each text once.
      if (sequence < n_texts && used[sequence]) {
        fields.unsupported("has a text twice, which is not supported");
      }
      used[sequence] = true;
      pieces.push_back({{}, sequence, type_id});
    } else {
      pieces.push_back({find_special_token(fields, id), 0, type_id});
    }
  }
  if (!used[0] || (n_texts == 2 && !used[1])) {
    fields.damaged(concat({"leaves a text out of the template \"", name, "\""}));
  }
  return pieces;
}

Template read_template(const StageFields& fields) {
  fields.allow_only("single pair special_tokens");
  Template made;
  made.single = read_pieces(fields, "single", 1);
  made.pair = read_pieces(fields, "pair", 2);
  return made;
}

/// Special tokens given as ["[SEP]", 102].
Template read_fixed_template(const StageFields& fields, bool is_roberta) {
  const int32_t sep = read_id(fields, "sep.1");
  const int32_t cls = read_id(fields, "cls.1");
  Template made = Template::around({cls}, {sep});
  made.types_without_specials = is_roberta;
  if (is_roberta) {
    made.overflow_keeps_type_ids = false;
    // <s> first </s> </s> second </s>, all of type 0.
    made.pair.insert(made.pair.end() - 2, TemplatePiece{{sep}, 0, 0});
    for (TemplatePiece& piece : made.pair) piece.type_id = 0;
  }
  return made;
}

/// Adds what a stage does to what the stages before it do.
void read_stage_into(const StageFields& fields, PostProcessor& made) {
  const std::string_view type = fields.type();
  const bool is_roberta = type == "RobertaProcessing";
  if (type == "ByteLevel" || is_roberta) {
    fields.allow_only(is_roberta ? "sep cls trim_offsets add_prefix_space"
                                 : "add_prefix_space trim_offsets use_regex");
    const bool trim_offsets = fields.get_bool("trim_offsets");
    const bool add_prefix_space = fields.get_bool("add_prefix_space");
    if (trim_offsets) {
      if (made.trimming) fields.unsupported("trims offsets that are trimmed before");
      made.trimming = OffsetTrimming{add_prefix_space};
    }
    if (!is_roberta) return;
  } else if (type == "BertProcessing") {
    fields.allow_only("sep cls");
  } else if (type != "TemplateProcessing") {
    fields.unsupported("is no post-processor that is supported");
    return;
  }
  if (made.special_tokens) fields.unsupported("is a second template");
  made.special_tokens = type == "TemplateProcessing" ? read_template(fields)
                                                     : read_fixed_template(fields, is_roberta);
}

}  // namespace

Result<void> PostProcessor::read(const Gguf& gguf) {
  constexpr size_t kMostStages = 16;
  ErrorBox error;
  const StageFields tokenizer(gguf, "kinvec.tokenizer", error);
  const size_t count = tokenizer.count("post_processors", kMostStages);
  for (size_t i = 0; i < count && error.empty(); ++i) {
    read_stage_into(tokenizer.child("post_processors", i), *this);
  }
  return std::move(error);
}

}  // namespace kinvec
