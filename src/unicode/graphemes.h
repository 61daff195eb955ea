// Extended grapheme clusters (UAX 29): where a text may be cut so that what a reader sees as one
// character stays whole. Classes are the reference's, as far as they show.
#pragma once

#include <cstdint>

#include "code_point_table.h"
#include "grapheme_tables.h"

namespace kinvec {

class GraphemeClasses {
 public:
  GraphemeClasses();

  GraphemeClass operator[](char32_t c) const { return static_cast<GraphemeClass>(table_[c]); }

 private:
  CodePointTable table_;
};

/// Reads a text character by character and tells where clusters end.
class GraphemeBreaks {
 public:
  explicit GraphemeBreaks(GraphemeClass first) { note(first); }

  /// Takes the next character. Answers whether a cluster ends before it.
  bool advance(GraphemeClass next) {
    const bool ends = is_break(next);
    note(next);
    return ends;
  }

 private:
  /// How far the characters before have got in a sequence that joins.
  enum class Sequence : uint8_t { kNone, kBegun, kLinked };

  bool is_break(GraphemeClass next) const;
  void note(GraphemeClass c);

  GraphemeClass previous_ = GraphemeClass::kOther;
  Sequence pictographs_ = Sequence::kNone;  // a pictograph and marks; then a joiner
  Sequence conjunct_ = Sequence::kNone;     // a consonant and marks; a linker among them
};

}  // namespace kinvec
