#include <optional>
#include <utility>

#include "../../concat.h"
#include "../stage_list.h"
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
SplitBehavior read_behavior(const StageFields& fields, std::string_view fallback = "") {
  // In the order of the enumeration.
  static constexpr std::string_view kNames[] = {"Removed", "Isolated", "MergedWithPrevious",
                                                "MergedWithNext", "Contiguous"};
  const std::string_view name =
      fallback.empty() ? fields.get_string("behavior") : fields.get_string("behavior", fallback);
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<SplitBehavior>(i);
  }
  fields.unsupported(concat({"has the behavior \"", name, "\", which is not supported"}));
  return SplitBehavior::kRemoved;
}

template <class PlainStage>
Stage read_plain(const StageFields& /*fields*/) {
  return std::make_unique<PlainStage>();
}

Stage read_whitespace_split(const StageFields& /*fields*/) {
  return std::make_unique<CharacterSplit>(is_white_space_delimiter, SplitBehavior::kRemoved);
}

Stage read_punctuation(const StageFields& fields) {
  return std::make_unique<CharacterSplit>(is_punctuation_delimiter,
                                          read_behavior(fields, "Isolated"));
}

Stage read_digits(const StageFields& fields) {
  const bool individual = fields.get_bool("individual_digits");
  return std::make_unique<CharacterSplit>(
      is_numeric_delimiter, individual ? SplitBehavior::kIsolated : SplitBehavior::kContiguous);
}

Stage read_char_delimiter_split(const StageFields& fields) {
  return std::make_unique<CharacterSplit>(is_chosen_delimiter, SplitBehavior::kRemoved,
                                          fields.get_character("delimiter"));
}

Stage read_fixed_length(const StageFields& fields) {
  const uint64_t length = fields.get_uint("length", 5);
  if (length == 0) return fields.damaged("needs a \"length\" of 1 or more");
  return std::make_unique<FixedLength>(length);
}

Stage read_byte_level(const StageFields& fields) {
  const bool adds_prefix_space = fields.get_bool("add_prefix_space");
  // Matters to the post-processor of the same name; a file without it is damaged all the same.
  fields.get_bool("trim_offsets");
  return std::make_unique<ByteLevel>(adds_prefix_space, fields.get_bool("use_regex", true));
}

Stage read_metaspace(const StageFields& fields) {
  const char32_t replacement = fields.get_character("replacement");
  const bool splits = fields.get_bool("split", true);
  const std::string_view name = fields.get_string("prepend_scheme", "always");
  Metaspace::PrependScheme scheme = Metaspace::PrependScheme::kAlways;
  if (name == "first") {
    scheme = Metaspace::PrependScheme::kFirst;
  } else if (name == "never") {
    scheme = Metaspace::PrependScheme::kNever;
  } else if (name != "always") {
    return fields.unsupported(
        concat({"has the prepend scheme \"", name, "\", which is not supported"}));
  }
  // From before there were schemes. The reference takes no file in which the two contradict.
  if (!fields.get_bool("add_prefix_space", true) && scheme != Metaspace::PrependScheme::kNever) {
    return fields.damaged("has an \"add_prefix_space\" that contradicts its prepend scheme");
  }
  return std::make_unique<Metaspace>(replacement, scheme, splits);
}

Stage read_split(const StageFields& fields) {
  const StageFields wanted = fields.child("pattern");
  std::optional<Pattern> pattern;
  if (wanted.has("String")) {
    pattern = Pattern::literal(wanted.get_string("String"));
  } else {
    const std::string_view expression = wanted.get_string("Regex");
    pattern = Pattern::regex(expression);
    if (!pattern) {
      return fields.unsupported(
          concat({"splits by the regular expression ", expression, ", which is not supported"}));
    }
  }
  const SplitBehavior behavior = read_behavior(fields);
  return std::make_unique<Split>(std::move(*pattern), behavior, fields.get_bool("invert"));
}

}  // namespace

std::unique_ptr<PreTokenizer> read_pre_tokenizer(const StageFields& fields) {
  static constexpr StageKind<PreTokenizer> kKinds[] = {
      {"BertPreTokenizer", "", read_plain<BertPreTokenizer>},
      {"ByteLevel", "add_prefix_space trim_offsets use_regex", read_byte_level},
      {"CharDelimiterSplit", "delimiter", read_char_delimiter_split},
      {"Digits", "individual_digits", read_digits},
      {"FixedLength", "length", read_fixed_length},
      // "str_rep" repeats the replacement in old files; the reference passes it over.
      {"Metaspace", "replacement prepend_scheme split add_prefix_space str_rep", read_metaspace},
      {"Punctuation", "behavior", read_punctuation},
      {"Split", "pattern behavior invert", read_split},
      {"UnicodeScripts", "", read_plain<UnicodeScripts>},
      {"Whitespace", "", read_plain<Whitespace>},
      {"WhitespaceSplit", "", read_whitespace_split},
  };
  return read_stage<PreTokenizer>(fields, kKinds, "pre-tokenizer");
}

}  // namespace kinvec
