#include "pattern_reader.h"

#include <utility>

namespace kinvec {
namespace {

constexpr uint32_t kMaxCount = 100;
constexpr size_t kMaxRanges = 1000;   // of one class
constexpr int kMaxOptionalItems = 4;  // of one alternative: each may double the ways to match

constexpr std::string_view kQuantifiers = "?*+{";

bool is_ascii_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

bool PatternReader::read(std::vector<PatternAlternative>& alternatives) {
  do {
    if (alternatives.size() == Pattern::kMaxAlternatives) return false;
    if (!read_alternative(alternatives.emplace_back())) return false;
  } while (take("|"));
  return rest_.empty();
}

bool PatternReader::read_alternative(PatternAlternative& alternative) {
  if (const Phrase* phrase = find_phrase(rest_)) {
    alternative.phrase = phrase;
    rest_.remove_prefix(phrase->text.size());
    return true;
  }
  bool repeated = false;
  int n_optional = 0;
  while (!rest_.empty() && !at('|')) {
    PatternItem& item = alternative.items.emplace_back();
    if (!read_item(item)) return false;
    // A match would have to give characters back for this item to get one.
    if (repeated && item.least > 0) return false;
    repeated |= item.most > item.least && item.most > 1;
    const bool retried = item.least == 0 && item.most == 1 && !item.possessive;
    if (retried && ++n_optional > kMaxOptionalItems) return false;
    if (item.most == PatternItem::kUnbounded && item.least > 1) {
      PatternItem rest = item;
      item.most = --item.least;
      rest.least = 1;
      alternative.items.push_back(std::move(rest));
    }
    if (alternative.items.size() > PatternAlternative::kMaxItems) return false;
  }
  return true;
}

bool PatternReader::read_item(PatternItem& item) {
  if (take("[")) {
    const bool inverted = take("^");
    if (!read_members(item.set, false)) return false;
    item.set.finish(inverted);
  } else if (take(".")) {
    item.set.add_range(U'\n', U'\n');
    item.set.finish(true);
  } else {
    if (std::string_view("()]}*+?{^$").find(rest_[0]) != std::string_view::npos) return false;
    Atom atom;
    if (!read_atom(atom)) return false;
    add(atom, item.set);
    if (atom.kind == Atom::kWordCharacters) item.set.add_ranges(kLatin1WordNumbers);
    item.set.finish(atom.inverted);
  }
  return read_quantifier(item);
}

bool PatternReader::read_quantifier(PatternItem& item) {
  if (take("?")) {
    item.least = 0;
  } else if (take("*")) {
    item.least = 0;
    item.most = PatternItem::kUnbounded;
  } else if (take("+")) {
    item.most = PatternItem::kUnbounded;
  } else if (take("{")) {
    if (!read_count(item.least)) return false;
    item.most = item.least;
    if (take(",")) {
      item.most = PatternItem::kUnbounded;
      if (!at('}') && !read_count(item.most)) return false;
    }
    if (!take("}") || item.most < item.least || item.most == 0) return false;
    // Not possessive in this syntax: the counted characters, once or more.
    if (at('+')) {
      if (item.least != 1) return false;
      item.most = PatternItem::kUnbounded;
    }
  } else {
    return true;
  }
  if (take("+")) item.possessive = true;
  return rest_.empty() || kQuantifiers.find(rest_[0]) == std::string_view::npos;
}

bool PatternReader::read_count(uint32_t& count) {
  count = 0;
  size_t digits = 0;
  for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
    count = 10 * count + static_cast<uint32_t>(rest_[digits] - '0');
    if (count > kMaxCount) return false;
  }
  rest_.remove_prefix(digits);
  return digits > 0;
}

bool PatternReader::read_members(CharacterSet& set, bool nested) {
  for (bool first = true; first || !at(']'); first = false) {
    if (take("[")) {
      // A class within a class is a part of it.
      if (nested || at('^') || at(':') || !read_members(set, true)) return false;
      continue;
    }
    // A hyphen stands for itself at the edges only.
    const bool is_last = rest_.starts_with("-]");
    if (set.range_count() > kMaxRanges) return false;
    if (at(']') || rest_.starts_with("&&") || (at('-') && !first && !is_last)) return false;
    Atom atom;
    if (!read_atom(atom) || atom.inverted) return false;
    if (at('-') && !rest_.starts_with("-]")) {
      rest_.remove_prefix(1);
      Atom last;
      if (at('[') || !read_atom(last)) return false;
      if (atom.kind != Atom::kCharacter || last.kind != Atom::kCharacter) return false;
      if (last.character < atom.character) return false;
      set.add_range(atom.character, last.character);
    } else {
      add(atom, set);
    }
  }
  return take("]");
}

bool PatternReader::read_atom(Atom& atom) {
  if (rest_.empty()) return false;
  if (!take("\\")) {
    const Utf8Character character = decode_utf8(rest_.data(), rest_.data() + rest_.size());
    atom.character = character.code_point;
    rest_.remove_prefix(character.length);
    return true;
  }
  if (rest_.empty()) return false;
  const char c = rest_[0];
  rest_.remove_prefix(1);
  atom.inverted = c == 'P' || c == 'S' || c == 'D' || c == 'W';
  switch (c) {
    case 'p':
    case 'P':
      return read_property(atom);
    case 's':
    case 'S':
      atom.kind = Atom::kWhiteSpace;
      return true;
    case 'w':
    case 'W':
      atom.kind = Atom::kWordCharacters;
      return true;
    case 'd':
    case 'D':
      atom.kind = Atom::kCategories;
      atom.categories = category_set(GeneralCategory::kNd);
      return true;
    case 'n':
      atom.character = '\n';
      return true;
    case 'r':
      atom.character = '\r';
      return true;
    case 't':
      atom.character = '\t';
      return true;
    case 'u':
      return read_hex_character(atom.character);
    default:
      atom.character = static_cast<uint8_t>(c);
      return atom.character < 0x80 && !is_ascii_letter_or_digit(c);
  }
}

bool PatternReader::read_hex_character(char32_t& character) {
  static constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  character = 0;
  for (int i = 0; i < 4; ++i) {
    const size_t digit = rest_.empty() ? std::string_view::npos : kDigits.find(rest_[0]);
    if (digit == std::string_view::npos) return false;
    character = 16 * character + static_cast<char32_t>(digit < 16 ? digit : digit - 6);
    rest_.remove_prefix(1);
  }
  return character < 0xD800 || character > 0xDFFF;
}

bool PatternReader::read_property(Atom& atom) {
  if (!take("{")) return false;
  atom.kind = Atom::kCategories;
  if (take("Han}")) {
    atom.kind = Atom::kHan;
    return true;
  }
  // In the order of the enumeration, so that a name's place tells its number.
  static constexpr std::string_view kNames =
      "LuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCoCn";
  const std::string_view name = rest_.substr(0, rest_.find('}'));
  if (name.size() == rest_.size() || name.empty() || name.size() > 2) return false;
  for (size_t i = 0; i < kNames.size(); i += 2) {
    if (kNames.substr(i, name.size()) == name) atom.categories |= CategorySet{1} << (i / 2);
  }
  rest_.remove_prefix(name.size() + 1);
  return atom.categories != 0;
}

void PatternReader::add(const Atom& atom, CharacterSet& set) {
  switch (atom.kind) {
    case Atom::kCharacter:
      return set.add_range(atom.character, atom.character);
    case Atom::kCategories:
      return set.add_categories(atom.categories);
    case Atom::kWhiteSpace:
      return set.add_white_space();
    case Atom::kWordCharacters:
      return set.add_word_characters();
    case Atom::kHan:
      return set.add_ranges(kHanRanges);
  }
}

bool PatternReader::take(std::string_view expected) {
  if (!rest_.starts_with(expected)) return false;
  rest_.remove_prefix(expected.size());
  return true;
}

std::optional<Pattern> Pattern::regex(std::string_view expression) {
  // A line break means the same written as itself or as an escape.
  std::string escaped;
  for (const char c : expression) {
    if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\r') {
      escaped += "\\r";
    } else {
      escaped += c;
    }
  }
  std::vector<PatternAlternative> alternatives;
  if (!PatternReader(escaped).read(alternatives)) return std::nullopt;
  return Pattern(std::move(alternatives));
}

}  // namespace kinvec
