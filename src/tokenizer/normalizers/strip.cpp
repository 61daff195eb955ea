#include "strip.h"

#include "../../unicode/character.h"
#include "../../unicode/code_point_table.h"
#include "../../unicode/normalization_tables.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

class Strip final : public Normalizer {
 public:
  Strip(bool left, bool right) : left_(left), right_(right) {}

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    const std::string_view bytes = text.text();
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* first = begin;
    while (left_ && first < end) {
      const Utf8Character character = decode_utf8(first, end);
      if (!is_white_space(character.code_point)) break;
      first += character.length;
    }
    const char* after = end;
    while (right_ && after > first) {
      const char* last = after - 1;
      while (is_utf8_continuation(*last)) --last;
      if (!is_white_space(decode_utf8(last, end).code_point)) break;
      after = last;
    }
    if (first == begin && after == end) return;
    TextRewriter rewriter(text, spare);
    rewriter.remove_until(static_cast<uint32_t>(first - begin));
    rewriter.keep_until(static_cast<uint32_t>(after - begin));
    rewriter.finish();
  }

 private:
  bool left_;
  bool right_;
};

class StripAccents final : public Normalizer {
 public:
  StripAccents() { marks_.set_runs(kCombiningMarks); }

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    const std::string_view bytes = text.text();
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* at = find_mark(begin, end);
    if (at == end) return;
    TextRewriter rewriter(text, spare);
    while (at < end) {
      rewriter.keep_until(static_cast<uint32_t>(at - begin));
      at += decode_utf8(at, end).length;
      rewriter.remove_until(static_cast<uint32_t>(at - begin));
      at = find_mark(at, end);
    }
    rewriter.keep_until(static_cast<uint32_t>(bytes.size()));
    rewriter.finish();
  }

 private:
  const char* find_mark(const char* at, const char* end) const {
    while (at < end) {
      at = skip_ascii(at, end);
      if (at == end) break;
      const Utf8Character character = decode_utf8(at, end);
      if (marks_[character.code_point] != 0) break;
      at += character.length;
    }
    return at;
  }

  CodePointTable marks_;
};

}  // namespace

std::unique_ptr<Normalizer> read_strip(const StageFields& fields) {
  const bool left = fields.get_bool("strip_left");
  const bool right = fields.get_bool("strip_right");
  return std::make_unique<Strip>(left, right);
}

std::unique_ptr<Normalizer> read_strip_accents(const StageFields& /*fields*/) {
  return std::make_unique<StripAccents>();
}

}  // namespace kinvec
