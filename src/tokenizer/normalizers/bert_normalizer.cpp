// The reference runs four passes over the text: (1) clean-text, (2) spaces around ideographs,
// (3) NFD and removal of nonspacing marks, (4) lower case. Here each character goes through all
// four at once; only combining marks have to wait, since NFD orders them up to the next starter.
#include "bert_normalizer.h"

#include <vector>

#include "../../unicode/character.h"
#include "../../unicode/decomposition.h"
#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

constexpr uint8_t kAsciiDropped = 0x80;
constexpr uint8_t kNotAscii = 0x81;

/// The marks since the last starter.
struct MarkRun {
  std::vector<CombiningMark> marks;
  std::vector<SourceSpan> spans;  // of the characters among them, in source order
};

/// Writes output characters, their alignment and, on the way, their lower case.
class Writer {
 public:
  Writer(char* out, bool lowercase, std::vector<AlignmentRun>& runs)
      : begin_(out), out_(out), lowercase_(lowercase), runs_(runs) {}

  size_t size() const { return out_ - begin_; }

  void put(char32_t c, SourceSpan span) {
    align(span);
    if (lowercase_) {
      const CharacterClass& properties = character_class(c);
      if ((properties.flags & CharacterClass::kLowercaseExpands) != 0) {
        out_ = encode_utf8(kExpandedLowercase[0], out_);
        c = kExpandedLowercase[1];
      } else {
        c += properties.lowercase_delta;
      }
    }
    out_ = encode_utf8(c, out_);
  }

  /// Copies ASCII bytes through `table` until one maps outside ASCII; answers its place.
  const char* put_ascii(const char* at, const char* end, uint32_t source,
                        const std::array<uint8_t, 256>& table) {
    char* out = out_;
    for (; at < end; ++at) {
      const uint8_t mapped = table[static_cast<uint8_t>(*at)];
      if (mapped >= 0x80) break;
      *out++ = static_cast<char>(mapped);
    }
    if (out != out_) runs_.push_back({static_cast<uint32_t>(size()), source, 0});
    out_ = out;
    return at;
  }

 private:
  void align(SourceSpan span) {
    const bool same = !runs_.empty() && runs_.back().length != 0 &&
                      runs_.back().source == span.begin && runs_.back().length == span.length;
    if (!same) runs_.push_back({static_cast<uint32_t>(size()), span.begin, span.length});
  }

  char* const begin_;
  char* out_;
  const bool lowercase_;
  std::vector<AlignmentRun>& runs_;
};

/// Decomposes characters and passes them on without nonspacing marks, in canonical order.
///
/// Spans follow the reference, which aligns by count: the n-th piece in canonical order that opens
/// a character gets the span of the n-th character, even where ordering has moved it.
class AccentStripper {
 public:
  explicit AccentStripper(Writer& writer) : writer_(writer) {}

  void put(char32_t c, const CharacterClass& properties, SourceSpan span) {
    if ((properties.flags & CharacterClass::kDecomposes) == 0) {
      put_piece(c, properties, span, true);
      return;
    }
    char32_t pieces[kMaxDecomposition];
    const size_t count = canonical_decomposition(c, pieces);
    for (size_t i = 0; i < count; ++i) {
      put_piece(pieces[i], character_class(pieces[i]), span, i == 0);
    }
  }

  /// Writes the marks that wait; to be called before any starter and at the end.
  void flush() {
    if (run_.marks.empty()) return;
    if (any_kept_) write_kept();
    if (!run_.spans.empty()) span_ = run_.spans.back();
    run_.marks.clear();
    run_.spans.clear();
    any_kept_ = false;
  }

 private:
  void put_piece(char32_t c, const CharacterClass& properties, SourceSpan span, bool opens) {
    const bool kept = (properties.flags & CharacterClass::kNonspacingMark) == 0;
    if (properties.combining_rank != 0) {
      run_.marks.push_back({c, properties.combining_rank, opens});
      if (opens) run_.spans.push_back(span);
      any_kept_ |= kept;
      return;
    }
    flush();
    if (opens) span_ = span;
    if (kept) writer_.put(c, span_);
  }

  void write_kept() {
    order_marks(run_.marks);
    size_t next = 0;
    for (const CombiningMark& mark : run_.marks) {
      if (mark.opens_character) span_ = run_.spans[next++];
      const uint16_t flags = character_class(mark.code_point).flags;
      if ((flags & CharacterClass::kNonspacingMark) == 0) writer_.put(mark.code_point, span_);
    }
  }

  Writer& writer_;
  MarkRun run_;
  SourceSpan span_{0, 0};  // of the last character passed on
  bool any_kept_ = false;  // some waiting mark is not a nonspacing one
};

}  // namespace

BertNormalizer::BertNormalizer(BertNormalizerOptions options) : options_(options) {
  ascii_.fill(kNotAscii);
  for (uint8_t c = 0; c < 0x80; ++c) {
    const CharacterClass& properties = character_class(c);
    uint8_t mapped = c;
    if (options_.clean_text && (properties.flags & CharacterClass::kDropped) != 0) {
      mapped = kAsciiDropped;
    } else if (options_.clean_text && (properties.flags & CharacterClass::kWhiteSpace) != 0) {
      mapped = ' ';
    } else if (options_.lowercase) {
      mapped = static_cast<uint8_t>(c + properties.lowercase_delta);
    }
    ascii_[c] = mapped;
  }
}

std::unique_ptr<Normalizer> BertNormalizer::read(const StageFields& fields) {
  BertNormalizerOptions options;
  options.clean_text = fields.get_bool("clean_text");
  options.handle_chinese_chars = fields.get_bool("handle_chinese_chars");
  options.lowercase = fields.get_bool("lowercase");
  options.strip_accents = fields.get_bool("strip_accents", options.lowercase);
  return std::make_unique<BertNormalizer>(options);
}

void BertNormalizer::normalize(NormalizedText& text, NormalizedText& spare) const {
  const std::string_view bytes = text.text();
  Writer writer(spare.clear(bytes.size(), kMaxNormalizedGrowth), options_.lowercase, spare.runs());
  AccentStripper stripper(writer);
  const std::vector<AlignmentRun>& runs = text.runs();
  for (size_t i = 0; i < runs.size(); ++i) {
    const AlignmentRun& run = runs[i];
    const char* at = bytes.data() + run.begin;
    const char* const end =
        i + 1 < runs.size() ? bytes.data() + runs[i + 1].begin : bytes.data() + bytes.size();
    while (at < end) {
      if (run.length == 0) {
        if (ascii_[static_cast<uint8_t>(*at)] == kAsciiDropped) {
          ++at;
          continue;
        }
        stripper.flush();
        const auto source = run.source + static_cast<uint32_t>(at - bytes.data()) - run.begin;
        at = writer.put_ascii(at, end, source, ascii_);
        continue;
      }
      const Utf8Character character = decode_utf8(at, end);
      const SourceSpan span{run.source, run.length};
      at += character.length;

      char32_t c = character.code_point;
      const CharacterClass& properties = character_class(c);
      if (options_.clean_text && (properties.flags & CharacterClass::kDropped) != 0) continue;
      if (options_.clean_text && (properties.flags & CharacterClass::kWhiteSpace) != 0) {
        stripper.flush();
        writer.put(' ', span);
        continue;
      }
      const bool spaced =
          options_.handle_chinese_chars && (properties.flags & CharacterClass::kIdeograph) != 0;
      if (spaced) {
        stripper.flush();
        writer.put(' ', span);
      }
      if (options_.strip_accents) {
        stripper.put(c, properties, span);
      } else {
        writer.put(c, span);
      }
      if (spaced) writer.put(' ', span);
    }
  }
  stripper.flush();
  spare.set_size(writer.size());
  std::swap(text, spare);
}

}  // namespace kinvec
