// Each character is aligned as the reference counts: the first piece of its decomposition takes it
// up, the other pieces are inserted, and of two pieces that compose one is gone again. Where marks
// change places or belong to another character than their base, alignment follows the count.
#include "unicode_form.h"

#include <vector>

#include "../../unicode/decomposition.h"
#include "../../unicode/normalization.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

/// Composes pieces that come in canonical order. A starter waits until nothing can compose with it
/// any more, and the marks that did not wait behind it.
class Composer {
 public:
  Composer(const Normalization& form, TextRewriter& out) : form_(form), out_(out) {}

  /// `change` as TextRewriter::put counts.
  void put(char32_t c, uint8_t rank, int32_t change) {
    if (!form_.composes() || (starter_ == kNone && rank != 0)) {
      out_.put(c, change);
      return;
    }
    // A waiting mark of the same or a higher rank stands between a piece and the starter.
    const bool reaches = starter_ != kNone && (waiting_.empty() || waiting_.back().rank < rank);
    const char32_t composed = reaches ? form_.compose(starter_, c) : 0;
    if (composed != 0) {
      starter_ = composed;
      change_ += change - 1;
    } else if (rank == 0) {
      flush();
      starter_ = c;
      change_ = change;
    } else {
      waiting_.push_back({c, change, rank});
    }
  }

  void flush() {
    if (starter_ == kNone) return;
    out_.put(starter_, change_);
    for (const Waiting& mark : waiting_) out_.put(mark.code_point, mark.change);
    waiting_.clear();
    starter_ = kNone;
  }

 private:
  static constexpr char32_t kNone = 0xFFFFFFFF;
  struct Waiting {
    char32_t code_point;
    int32_t change;
    uint8_t rank;
  };

  const Normalization& form_;
  TextRewriter& out_;
  char32_t starter_ = kNone;
  int32_t change_ = 0;
  std::vector<Waiting> waiting_;
};

/// Decomposes characters and brings their pieces into canonical order.
class Decomposer {
 public:
  Decomposer(const Normalization& form, TextRewriter& out) : form_(form), composer_(form, out) {}

  void put(char32_t c) {
    char32_t pieces[kMaxCompatibilityDecomposition];
    const size_t count = form_.decompose(c, pieces);
    for (size_t i = 0; i < count; ++i) put_piece(pieces[i], i == 0);
  }

  /// To be called before a character that nothing before it has to do with.
  void flush() {
    flush_marks();
    composer_.flush();
  }

 private:
  void put_piece(char32_t c, bool opens_character) {
    const uint8_t rank = form_.combining_rank(c);
    if (rank != 0) {
      marks_.push_back({c, rank, opens_character});
      return;
    }
    flush_marks();
    composer_.put(c, 0, opens_character ? 0 : 1);
  }

  void flush_marks() {
    if (marks_.empty()) return;
    order_marks(marks_);
    for (const CombiningMark& mark : marks_) {
      composer_.put(mark.code_point, mark.rank, mark.opens_character ? 0 : 1);
    }
    marks_.clear();
  }

  const Normalization& form_;
  Composer composer_;
  std::vector<CombiningMark> marks_;  // since the last starter
};

class UnicodeForm final : public Normalizer {
 public:
  explicit UnicodeForm(NormalizationForm form) : form_(form) {}

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    const std::string_view bytes = text.text();
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* at = find_active(begin, end);
    if (at == end) return;

    TextRewriter rewriter(text, spare);
    Decomposer decomposer(form_, rewriter);
    while (at < end) {
      rewriter.keep_until(static_cast<uint32_t>(at - begin));
      Utf8Character character = decode_utf8(at, end);
      do {
        decomposer.put(character.code_point);
        at += character.length;
        if (at == end) break;
        character = decode_utf8(at, end);
      } while (!form_.is_inert(character.code_point));
      decomposer.flush();
      at = find_active(at, end);
    }
    rewriter.keep_until(static_cast<uint32_t>(bytes.size()));
    rewriter.finish();
  }

 private:
  /// The first character from `at` on that may change: one that is not inert, or, where the form
  /// composes, the inert one before it. `end` if there is none.
  const char* find_active(const char* at, const char* end) const {
    const char* inert = at;
    while (at < end) {
      const char* const stop = skip_ascii(at, end);
      if (stop > at) {
        inert = stop - 1;
        at = stop;
        continue;
      }
      const Utf8Character character = decode_utf8(at, end);
      if (!form_.is_inert(character.code_point)) return form_.composes() ? inert : at;
      inert = at;
      at += character.length;
    }
    return end;
  }

  Normalization form_;
};

}  // namespace

std::unique_ptr<Normalizer> read_nfc(const StageFields& /*fields*/) {
  return std::make_unique<UnicodeForm>(NormalizationForm::kNfc);
}

std::unique_ptr<Normalizer> read_nfd(const StageFields& /*fields*/) {
  return std::make_unique<UnicodeForm>(NormalizationForm::kNfd);
}

std::unique_ptr<Normalizer> read_nfkc(const StageFields& /*fields*/) {
  return std::make_unique<UnicodeForm>(NormalizationForm::kNfkc);
}

std::unique_ptr<Normalizer> read_nfkd(const StageFields& /*fields*/) {
  return std::make_unique<UnicodeForm>(NormalizationForm::kNfkd);
}

}  // namespace kinvec
