// Reads regular expressions into patterns.
#pragma once

#include <string_view>
#include <vector>

#include "pattern.h"

namespace kinvec {

class PatternReader {
 public:
  explicit PatternReader(std::string_view expression) : rest_(expression) {}

  /// Reads all of the expression. False if some of it is not understood.
  bool read(std::vector<PatternAlternative>& alternatives);

 private:
  /// What one escape or one plain character stands for.
  struct Atom {
    enum Kind : uint8_t { kCharacter, kCategories, kWhiteSpace, kWordCharacters, kHan };
    Kind kind = kCharacter;
    char32_t character = 0;
    CategorySet categories = 0;
    bool inverted = false;
  };

  bool read_alternative(PatternAlternative& alternative);
  bool read_item(PatternItem& item);
  bool read_quantifier(PatternItem& item);
  /// Members of a class up to and with its closing bracket.
  bool read_members(CharacterSet& set, bool nested);
  bool read_atom(Atom& atom);
  /// The four hexadecimal digits behind an escaping u.
  bool read_hex_character(char32_t& character);
  bool read_property(Atom& atom);
  bool read_count(uint32_t& count);

  static void add(const Atom& atom, CharacterSet& set);

  bool take(std::string_view expected);
  bool at(char c) const { return !rest_.empty() && rest_[0] == c; }

  std::string_view rest_;
};

}  // namespace kinvec
