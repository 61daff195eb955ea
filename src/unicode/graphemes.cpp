#include "graphemes.h"

#include "decomposition.h"

namespace kinvec {
namespace {

using enum GraphemeClass;

bool is_control(GraphemeClass c) { return c == kCr || c == kLf || c == kControl; }

bool is_extend(GraphemeClass c) { return c == kExtend || c == kExtendOnly || c == kLinker; }

}  // namespace

GraphemeClasses::GraphemeClasses() {
  table_.set_runs(kGraphemeClasses);
  for (uint32_t i = 0; i < kHangulSyllableCount; ++i) {
    const GraphemeClass syllable = i % kHangulTailCount == 0 ? kHangulLv : kHangulLvt;
    table_.set(kHangulSyllableBase + i, static_cast<uint8_t>(syllable));
  }
}

/// Rules GB3 to GB11 in their order. There is none about regional indicators: see
/// tools/unicode/generate_grapheme_tables.py.
bool GraphemeBreaks::is_break(GraphemeClass next) const {
  if (previous_ == kCr && next == kLf) return false;
  if (is_control(previous_) || is_control(next)) return true;
  switch (next) {
    case kExtend:
    case kExtendOnly:
    case kLinker:
    case kZwj:
    case kSpacingMark:
      return false;
    case kHangulL:
    case kHangulLv:
    case kHangulLvt:
      if (previous_ == kHangulL) return false;
      break;
    case kHangulV:
      if (previous_ == kHangulL || previous_ == kHangulV || previous_ == kHangulLv) return false;
      break;
    case kHangulT:
      if (previous_ == kHangulV || previous_ == kHangulT || previous_ == kHangulLv ||
          previous_ == kHangulLvt) {
        return false;
      }
      break;
    case kConsonant:
      if (conjunct_ == Sequence::kLinked) return false;
      break;
    case kPictographic:
      if (pictographs_ == Sequence::kLinked) return false;
      break;
    default:
      break;
  }
  return previous_ != kPrepend;
}

void GraphemeBreaks::note(GraphemeClass c) {
  previous_ = c;
  if (c == kPictographic) {
    pictographs_ = Sequence::kBegun;
  } else if (c == kZwj && pictographs_ == Sequence::kBegun) {
    pictographs_ = Sequence::kLinked;
  } else if (!is_extend(c) || pictographs_ == Sequence::kLinked) {
    pictographs_ = Sequence::kNone;
  }
  if (c == kConsonant) {
    conjunct_ = Sequence::kBegun;
  } else if (c == kLinker) {
    if (conjunct_ == Sequence::kBegun) conjunct_ = Sequence::kLinked;
  } else if (c != kExtend && c != kZwj) {
    conjunct_ = Sequence::kNone;
  }
}

}  // namespace kinvec
