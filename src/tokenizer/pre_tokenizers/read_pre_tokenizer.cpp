#include <utility>

#include "bert_pre_tokenizer.h"
#include "byte_level.h"
#include "character_split.h"
#include "fixed_length.h"
#include "metaspace.h"
#include "pre_tokenizer.h"
#include "split.h"
#include "unicode_scripts.h"
#include "whitespace.h"

namespace kinvec {
namespace {

using Stage = std::unique_ptr<PreTokenizer>;

/// The behaviour under "behavior"; `fallback` spells what holds without it, if anything does.
Result<SplitBehavior> read_behavior(const StageFields& fields, std::string_view fallback = "") {
  // In the order of the enumeration.
  static constexpr std::string_view kNames[] = {"Removed", "Isolated", "MergedWithPrevious",
                                                "MergedWithNext", "Contiguous"};
  const auto name =
      fallback.empty() ? fields.get_string("behavior") : fields.get_string("behavior", fallback);
  if (!name) return name.error();
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == *name) return static_cast<SplitBehavior>(i);
  }
  return fields.unsupported(concat({"has the behavior \"", *name, "\", which is not supported"}));
}

Result<Pattern> read_pattern(const StageFields& fields) {
  const StageFields pattern = fields.child("pattern");
  if (pattern.has("String")) {
    const auto text = pattern.get_string("String");
    if (!text) return text.error();
    return Pattern::literal(*text);
  }
  const auto expression = pattern.get_string("Regex");
  if (!expression) return expression.error();
  auto regex = Pattern::regex(*expression);
  if (regex) return std::move(*regex);
  return fields.unsupported(
      concat({"splits by the regular expression ", *expression, ", which is not supported"}));
}

template <class PlainStage>
Result<Stage> read_plain(const StageFields& fields) {
  if (auto known = fields.allow_only({}); !known) return known.error();
  return Stage(std::make_unique<PlainStage>());
}

Result<Stage> read_whitespace_split(const StageFields& fields) {
  if (auto known = fields.allow_only({}); !known) return known.error();
  return Stage(std::make_unique<CharacterSplit>(is_white_space_delimiter, SplitBehavior::kRemoved));
}

Result<Stage> read_punctuation(const StageFields& fields) {
  if (auto known = fields.allow_only({"behavior"}); !known) return known.error();
  const auto behavior = read_behavior(fields, "Isolated");
  if (!behavior) return behavior.error();
  return Stage(std::make_unique<CharacterSplit>(is_punctuation_delimiter, *behavior));
}

Result<Stage> read_digits(const StageFields& fields) {
  if (auto known = fields.allow_only({"individual_digits"}); !known) return known.error();
  const auto individual = fields.get_bool("individual_digits");
  if (!individual) return individual.error();
  return Stage(std::make_unique<CharacterSplit>(
      is_numeric_delimiter, *individual ? SplitBehavior::kIsolated : SplitBehavior::kContiguous));
}

Result<Stage> read_char_delimiter_split(const StageFields& fields) {
  if (auto known = fields.allow_only({"delimiter"}); !known) return known.error();
  const auto delimiter = fields.get_character("delimiter");
  if (!delimiter) return delimiter.error();
  return Stage(
      std::make_unique<CharacterSplit>(is_chosen_delimiter, SplitBehavior::kRemoved, *delimiter));
}

Result<Stage> read_fixed_length(const StageFields& fields) {
  if (auto known = fields.allow_only({"length"}); !known) return known.error();
  const auto length = fields.get_uint("length", 5);
  if (!length) return length.error();
  if (*length == 0) return fields.damaged("needs a \"length\" of 1 or more");
  return Stage(std::make_unique<FixedLength>(*length));
}

Result<Stage> read_byte_level(const StageFields& fields) {
  if (auto known = fields.allow_only({"add_prefix_space", "trim_offsets", "use_regex"}); !known) {
    return known.error();
  }
  const auto adds_prefix_space = fields.get_bool("add_prefix_space");
  if (!adds_prefix_space) return adds_prefix_space.error();
  // Matters to the post-processor of the same name; a file without it is damaged all the same.
  const auto trims_offsets = fields.get_bool("trim_offsets");
  if (!trims_offsets) return trims_offsets.error();
  const auto splits = fields.get_bool("use_regex", true);
  if (!splits) return splits.error();
  return Stage(std::make_unique<ByteLevel>(*adds_prefix_space, *splits));
}

Result<Stage> read_metaspace(const StageFields& fields) {
  // "str_rep" repeats the replacement in old files; the reference passes it over.
  const auto known =
      fields.allow_only({"replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep"});
  if (!known) return known.error();
  const auto replacement = fields.get_character("replacement");
  if (!replacement) return replacement.error();
  const auto splits = fields.get_bool("split", true);
  if (!splits) return splits.error();
  const auto name = fields.get_string("prepend_scheme", "always");
  if (!name) return name.error();
  Metaspace::PrependScheme scheme = Metaspace::PrependScheme::kAlways;
  if (*name == "first") {
    scheme = Metaspace::PrependScheme::kFirst;
  } else if (*name == "never") {
    scheme = Metaspace::PrependScheme::kNever;
  } else if (*name != "always") {
    return fields.unsupported(
        concat({"has the prepend scheme \"", *name, "\", which is not supported"}));
  }
  // From before there were schemes. The reference takes no file in which the two contradict.
  const auto add_prefix_space = fields.get_bool("add_prefix_space", true);
  if (!add_prefix_space) return add_prefix_space.error();
  if (!*add_prefix_space && scheme != Metaspace::PrependScheme::kNever) {
    return fields.damaged("has an \"add_prefix_space\" that contradicts its prepend scheme");
  }
  return Stage(std::make_unique<Metaspace>(*replacement, scheme, *splits));
}

Result<Stage> read_split(const StageFields& fields) {
  if (auto known = fields.allow_only({"pattern", "behavior", "invert"}); !known) {
    return known.error();
  }
  auto pattern = read_pattern(fields);
  if (!pattern) return pattern.error();
  const auto behavior = read_behavior(fields);
  if (!behavior) return behavior.error();
  const auto invert = fields.get_bool("invert");
  if (!invert) return invert.error();
  return Stage(std::make_unique<Split>(std::move(*pattern), *behavior, *invert));
}

}  // namespace

Result<std::unique_ptr<PreTokenizer>> read_pre_tokenizer(const StageFields& fields) {
  struct Kind {
    std::string_view type;
    Result<Stage> (*read)(const StageFields& fields);
  };
  static constexpr Kind kKinds[] = {
      {"BertPreTokenizer", BertPreTokenizer::read},
      {"ByteLevel", read_byte_level},
      {"CharDelimiterSplit", read_char_delimiter_split},
      {"Digits", read_digits},
      {"FixedLength", read_fixed_length},
      {"Metaspace", read_metaspace},
      {"Punctuation", read_punctuation},
      {"Split", read_split},
      {"UnicodeScripts", read_plain<UnicodeScripts>},
      {"Whitespace", read_plain<Whitespace>},
      {"WhitespaceSplit", read_whitespace_split},
  };
  for (const Kind& kind : kKinds) {
    if (kind.type == fields.type()) return kind.read(fields);
  }
  return fields.unsupported("is no pre-tokenizer that is supported");
}

}  // namespace kinvec
