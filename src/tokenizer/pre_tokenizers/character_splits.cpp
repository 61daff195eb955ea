#include "character_splits.h"

#include <array>
#include <utility>

#include "../../unicode/character.h"
#include "../../unicode/general_category.h"
#include "../../unicode/utf8.h"
#include "split_behavior.h"

namespace kinvec {
namespace {

/// Whether a character is a delimiter; `chosen` is the one that a file names, if it names one.
using IsDelimiter = bool (*)(char32_t c, char32_t chosen);

bool is_space_delimiter(char32_t c, char32_t) { return is_white_space(c); }
bool is_punctuation_delimiter(char32_t c, char32_t) { return is_punctuation(c); }
bool is_chosen(char32_t c, char32_t chosen) { return c == chosen; }

bool is_numeric(char32_t c, char32_t) { return is_in(c, kNumbers) || is_in(c, kNewNumbers); }

class CharacterSplit final : public PreTokenizer {
 public:
  CharacterSplit(IsDelimiter is_delimiter, SplitBehavior behavior, char32_t chosen = 0)
      : is_delimiter_(is_delimiter), chosen_(chosen), behavior_(behavior) {
    for (char32_t c = 0; c < 0x80; ++c) ascii_delimiters_[c] = is_delimiter(c, chosen);
  }

  void pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const override {
    spare.words.clear();
    PieceCollector pieces(behavior_, false, spare.words);
    for (const Word word : text.words) split(text.text.text(), word, pieces);
    std::swap(text.words, spare.words);
  }

 private:
  void split(std::string_view text, Word word, PieceCollector& pieces) const {
    const char* const end = text.data() + word.end;
    uint32_t rest = word.begin;  // where the piece that is no delimiter begins
    for (uint32_t at = word.begin; at < word.end;) {
      const auto byte = static_cast<uint8_t>(text[at]);
      uint32_t length = 1;
      bool found = ascii_delimiters_[byte];
      if (byte >= 0x80) {
        const Utf8Character character = decode_utf8(text.data() + at, end);
        length = character.length;
        found = is_delimiter_(character.code_point, chosen_);
      }
      if (found) {
        if (rest < at) pieces.add(rest, at, false);
        pieces.add(at, at + length, true);
        rest = at + length;
      }
      at += length;
    }
    if (rest < word.end) pieces.add(rest, word.end, false);
    pieces.finish_word();
  }

  IsDelimiter is_delimiter_;
  char32_t chosen_;
  SplitBehavior behavior_;
  std::array<bool, 256> ascii_delimiters_{};  // [byte]
};

std::unique_ptr<PreTokenizer> make(IsDelimiter is_delimiter, SplitBehavior behavior,
                                   char32_t chosen = 0) {
  return std::make_unique<CharacterSplit>(is_delimiter, behavior, chosen);
}

}  // namespace

Result<std::unique_ptr<PreTokenizer>> read_whitespace_split(const StageFields& fields) {
  if (auto known = fields.allow_only({}); !known) return known.error();
  return make(is_space_delimiter, SplitBehavior::kRemoved);
}

Result<std::unique_ptr<PreTokenizer>> read_punctuation(const StageFields& fields) {
  if (auto known = fields.allow_only({"behavior"}); !known) return known.error();
  const auto behavior = read_split_behavior(fields, "behavior", "Isolated");
  if (!behavior) return behavior.error();
  return make(is_punctuation_delimiter, *behavior);
}

Result<std::unique_ptr<PreTokenizer>> read_digits(const StageFields& fields) {
  if (auto known = fields.allow_only({"individual_digits"}); !known) return known.error();
  const auto individual = fields.get_bool("individual_digits");
  if (!individual) return individual.error();
  return make(is_numeric, *individual ? SplitBehavior::kIsolated : SplitBehavior::kContiguous);
}

Result<std::unique_ptr<PreTokenizer>> read_char_delimiter_split(const StageFields& fields) {
  if (auto known = fields.allow_only({"delimiter"}); !known) return known.error();
  const auto delimiter = fields.get_character("delimiter");
  if (!delimiter) return delimiter.error();
  return make(is_chosen, SplitBehavior::kRemoved, *delimiter);
}

}  // namespace kinvec
